/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.device;

/** What was looked for, or why it is not there. Immutable. */
sealed interface Sought<T> {
    record Found<T>(T it) implements Sought<T> {}

    record Missed<T>(String reason) implements Sought<T> {}
}
