/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.reload;

import io.diskguard.config.GuardConfig;

/** What a configuration is put in force in: all of it or nothing. Called by one thread at a time. */
@FunctionalInterface
public interface ConfigTarget {
    /**
     * Puts it in force and returns when it is; running containers may follow later. One that is refused, or an exception,
     * leaves everything as it was.
     *
     * @param next differs from what is in force in live keys only
     */
    Answer apply(GuardConfig next);

    /** What came of it. */
    sealed interface Answer {
        /** It is in force. */
        record Applied() implements Answer {}

        /** It cannot be on this node: {@code reason}, for people. */
        record Refused(String reason) implements Answer {}
    }
}
