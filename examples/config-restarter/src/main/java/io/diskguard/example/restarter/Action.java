/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.example.restarter;

/** What the supervisor does about an event. */
sealed interface Action {
    /** Start the child, in a process group of its own. */
    record Spawn() implements Action {}

    /** SIGTERM to the group; {@link Event.Deadline} comes after the grace. */
    record Terminate() implements Action {}

    /** SIGKILL to the group; {@link Event.Deadline} comes after the grace. */
    record Kill() implements Action {}

    /** A signal to the child alone. */
    record Pass(int signal) implements Action {}
}
