/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.runtime.containerd;

/** What came of one call. */
sealed interface Answer<T> {
    record Got<T>(T value) implements Answer<T> {}

    /** The daemon does not know what was asked for. */
    record NoSuch<T>() implements Answer<T> {}

    /** There was no answer to what was asked. */
    sealed interface Failed<T> extends Answer<T> {
        /** For a person to read. */
        String reason();
    }

    /** The daemon is there, and does not say it. */
    record Refused<T>(String reason) implements Failed<T> {}

    /**
     * The connection is of no use any more.
     *
     * @param late whether the time was up, so that trying again now would only take longer
     */
    record Lost<T>(String reason, boolean late) implements Failed<T> {}
}
