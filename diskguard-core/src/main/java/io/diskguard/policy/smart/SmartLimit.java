/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.policy.smart;

import io.diskguard.model.IoLimit;
import java.time.Duration;
import java.time.Instant;

/**
 * A limit that was set because of load, on one container and disk. Immutable.
 *
 * @param window the window that triggered, by its name: {@code 15m}, {@code legacy}
 * @param at when it was set or last changed
 * @param rates a number that did not exceed is unlimited; at least one is not
 * @param removeDelay how long it stays at least after {@code at}
 * @param reason for people, what exceeded what: {@code 15m[ReadIOPS:0.92>0.80]}; no part of what it is
 */
public record SmartLimit(String window, Instant at, IoLimit rates, Duration removeDelay, String reason) {
    /** @throws IllegalArgumentException if nothing is limited, the window has no name, or the delay is negative */
    public SmartLimit {
        if (window.isEmpty() || rates.isUnlimited() || removeDelay.isNegative()) {
            throw new IllegalArgumentException(
                    "a smart limit has a window and a number, was \"" + window + "\" " + rates + " " + removeDelay);
        }
    }

    /** Whether the two limit alike and since the same time, whatever was said of why. */
    public boolean isSameAs(SmartLimit other) {
        return window.equals(other.window)
                && at.equals(other.at)
                && rates.equals(other.rates)
                && removeDelay.toSeconds() == other.removeDelay.toSeconds();
    }
}
