/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.runtime.docker;

/** What the daemon said. */
sealed interface Answer<T> {
    record Given<T>(T value) implements Answer<T> {}

    /** It answered that there is no such thing (404). */
    record NotThere<T>() implements Answer<T> {}

    /** It could not be asked, or its answer makes no sense. */
    record Failed<T>(String reason) implements Answer<T> {}
}
