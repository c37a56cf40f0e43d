/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.example.restarter;

import java.util.OptionalInt;

/** What the supervisor is at. */
sealed interface Phase {
    /** There is no child yet. */
    record Waiting() implements Phase {}

    /** There is one. */
    record Running() implements Phase {}

    /**
     * The child's group was told to end.
     *
     * @param restart another child follows once it is gone
     * @param killed SIGTERM was not enough
     * @param code how the child ended, once it has
     */
    record Ending(boolean restart, boolean killed, OptionalInt code) implements Phase {}

    /** Nothing is left to do but exit. */
    record Done(int code) implements Phase {}
}
