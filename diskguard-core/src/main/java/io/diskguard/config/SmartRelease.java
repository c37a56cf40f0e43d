/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.config;

import io.diskguard.model.LimitKey;
import java.time.Duration;

/**
 * When a smart limit is taken back. Immutable.
 *
 * @param io rates of operations are below it; a fraction is of the reference, where there is none of the number's trigger
 * @param bps rates of bytes are below it; a fraction as for operations
 * @param delay since the limit was set or changed
 * @param checkInterval between two checks
 */
public record SmartRelease(Threshold io, Threshold bps, Duration delay, Duration checkInterval) {
    /** @throws IllegalArgumentException if the delay is negative or the interval not positive */
    public SmartRelease {
        if (delay.isNegative() || checkInterval.isNegative() || checkInterval.isZero()) {
            throw new IllegalArgumentException(
                    "delay must not be negative and checkInterval positive, was " + delay + " and " + checkInterval);
        }
    }

    /** What this number's rate is compared with. */
    public Threshold threshold(LimitKey key) {
        return key.isOperations() ? io : bps;
    }
}
