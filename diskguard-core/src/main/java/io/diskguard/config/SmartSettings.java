/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.config;

import io.diskguard.model.LimitKey;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The limits that follow the load. Immutable.
 *
 * @param monitorInterval between two samples of the counters
 * @param windows that are in force, shortest first, at least one
 * @param reference what fractions are of
 * @param leastIops no computed limit is lower, operations a second
 * @param leastBps no computed limit is lower, bytes a second
 * @param kubeletFirst statistics come from the kubelet and only else from cgroup files; false: the other way round
 * @param onlyUnderPressure triggers count only while the disk is contended; empty: always
 */
public record SmartSettings(
        boolean enabled,
        Mode mode,
        Duration monitorInterval,
        List<SmartWindow> windows,
        Reference reference,
        long leastIops,
        long leastBps,
        SmartRelease release,
        boolean kubeletFirst,
        Optional<PressureGate> onlyUnderPressure) {
    /** @throws IllegalArgumentException if the interval is not positive, a floor too low, or windows are none or not in order */
    public SmartSettings {
        windows = List.copyOf(windows);
        if (monitorInterval.isNegative() || monitorInterval.isZero()) {
            throw new IllegalArgumentException("monitorInterval must be positive, was " + monitorInterval);
        }
        if (leastIops < LimitKey.RIOPS.floor() || leastBps < LimitKey.RBPS.floor()) {
            throw new IllegalArgumentException("floors too low: " + leastIops + " and " + leastBps);
        }
        if (windows.isEmpty()) {
            throw new IllegalArgumentException("at least one window");
        }
        for (var i = 1; i < windows.size(); i++) {
            if (windows.get(i).length().compareTo(windows.get(i - 1).length()) <= 0) {
                throw new IllegalArgumentException("windows must be shortest first, each once, was " + windows);
            }
        }
    }

    /** No computed limit of this number is lower. */
    public long least(LimitKey key) {
        return key.isOperations() ? leastIops : leastBps;
    }

    /** {@code smart_limit_mode}. */
    public enum Mode {
        ENFORCE,
        /** Decide and report, write nothing. */
        SHADOW
    }

    /** {@code smart_limit_reference}. */
    public enum Reference {
        /** What the disk can do. */
        DISK,
        /** The static limit in force, where there is none what the disk can do. */
        LIMIT
    }
}
