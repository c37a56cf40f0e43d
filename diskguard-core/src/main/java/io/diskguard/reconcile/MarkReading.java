/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.reconcile;

/** What reading a cgroup's mark gave. Immutable. */
sealed interface MarkReading {
    /** Whether it is certain that nothing in the cgroup is ours. */
    default boolean isNone() {
        return this instanceof Known known && known.mark().isEmpty();
    }

    /** @param mark {@link Mark#NONE} if it has none that we understand */
    record Known(Mark mark) implements MarkReading {}

    /** It may be marked or not: nothing of it is to be changed until that is known. */
    record Unreadable(String reason) implements MarkReading {}
}
