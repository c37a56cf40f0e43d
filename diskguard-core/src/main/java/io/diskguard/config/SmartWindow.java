/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.config;

import io.diskguard.model.LimitKey;
import java.time.Duration;
import java.util.OptionalLong;

/**
 * A stretch of time that rates are judged over. Immutable.
 *
 * @param name as triggers name it: {@code 15m}, or {@code legacy}
 * @param length positive
 * @param io threshold of operations a second
 * @param bps threshold of bytes a second
 * @param iopsLimit operations a second when it triggers; empty: computed
 * @param bpsLimit bytes a second when it triggers; empty: computed
 */
public record SmartWindow(
        String name, Duration length, Threshold io, Threshold bps, OptionalLong iopsLimit, OptionalLong bpsLimit) {
    /** @throws IllegalArgumentException if the name is empty, the length not positive, or a limit below its floor */
    public SmartWindow {
        if (name.isEmpty() || length.isNegative() || length.isZero()) {
            throw new IllegalArgumentException("a window has a name and a length, was " + name + " " + length);
        }
        if (iopsLimit.orElse(Long.MAX_VALUE) < LimitKey.RIOPS.floor()
                || bpsLimit.orElse(Long.MAX_VALUE) < LimitKey.RBPS.floor()) {
            throw new IllegalArgumentException(
                    "a limit of " + name + " is below its floor: " + iopsLimit + " " + bpsLimit);
        }
    }

    /** What this number's rate is compared with. */
    public Threshold threshold(LimitKey key) {
        return key.isOperations() ? io : bps;
    }

    /** What this number is limited to; empty: computed. */
    public OptionalLong limit(LimitKey key) {
        return key.isOperations() ? iopsLimit : bpsLimit;
    }
}
