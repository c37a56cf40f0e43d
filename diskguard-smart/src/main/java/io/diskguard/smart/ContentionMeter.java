/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.smart;

import io.diskguard.config.PressureGate;
import io.diskguard.model.ContainerKey;
import io.diskguard.model.DeviceId;
import io.diskguard.model.Disk;
import io.diskguard.policy.smart.Round;
import java.time.Duration;
import java.util.function.BiPredicate;

/** Tells which disks are contended. Not thread-safe. */
final class ContentionMeter {
    ContentionMeter(PressureGate gate, Duration monitorInterval) {}

    void take(Round round, BiPredicate<ContainerKey, Disk> limited) {}

    boolean isContended(DeviceId disk) {
        return true;
    }

    /** For how long it has not been contended; zero while it is, or while that cannot be told. */
    Duration calm(DeviceId disk) {
        return Duration.ZERO;
    }
}
