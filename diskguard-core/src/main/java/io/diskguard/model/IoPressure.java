/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.model;

/**
 * How much tasks waited for IO (Linux {@code Documentation/accounting/psi.rst}). Our own throttling counts as waiting,
 * in the throttled cgroup and in all above it. Immutable.
 *
 * @param some at least one task waited
 * @param full all tasks that could run waited
 */
public record IoPressure(Share some, Share full) {

    /**
     * The share of time that was spent so.
     *
     * @param avg10 percent of the last 10 s, 0 to 100
     * @param avg60 percent of the last minute
     * @param avg300 percent of the last five minutes
     * @param totalMicros microseconds altogether
     */
    public record Share(double avg10, double avg60, double avg300, long totalMicros) {
        /** @throws IllegalArgumentException if a number is negative or not a number */
        public Share {
            if (!(avg10 >= 0) || !(avg60 >= 0) || !(avg300 >= 0) || totalMicros < 0) {
                throw new IllegalArgumentException("a share of time is never negative");
            }
        }
    }
}
