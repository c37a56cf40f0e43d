/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.config;

/**
 * When a disk counts as contended. Immutable.
 *
 * @param somePercent {@code some avg60} of {@code io.pressure}, percent (cgroup v2)
 * @param awaitFactor how many times its median of an hour a request's time on the disk is
 */
public record PressureGate(double somePercent, double awaitFactor) {
    private static final double ALL = 100;

    /** @throws IllegalArgumentException if the percentage is not from 0 to 100 or the factor less than 1 */
    public PressureGate {
        if (!(somePercent >= 0 && somePercent <= ALL && awaitFactor >= 1)) {
            throw new IllegalArgumentException(
                    "0 to 100 percent and a factor of at least 1, was " + somePercent + " and " + awaitFactor);
        }
    }
}
