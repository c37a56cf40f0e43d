/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.spi;

import io.diskguard.model.CgroupPath;
import io.diskguard.model.DeviceId;
import io.diskguard.model.DiskActivity;
import io.diskguard.model.IoPressure;

/** Tells whether disks are contended. Not thread-safe: one thread samples. */
public interface IoSignals {
    /** How much the cgroup's tasks waited for IO. */
    PressureResult ofCgroup(CgroupPath cgroup);

    /** How much the whole node's tasks waited for IO. */
    PressureResult ofNode();

    /** What the disk did since it was plugged in. */
    ActivityResult activity(DeviceId disk);

    /** What reading a pressure gave. */
    sealed interface PressureResult {
        record Known(IoPressure pressure) implements PressureResult {}

        /** The cgroup is not there any more. */
        record Gone() implements PressureResult {}

        /** The kernel does not say. */
        record Unavailable(String reason) implements PressureResult {}

        /** The one {@link Gone}. */
        PressureResult GONE = new Gone();
    }

    /** What reading a disk's activity gave. */
    sealed interface ActivityResult {
        record Known(DiskActivity activity) implements ActivityResult {}

        /** The disk is not there any more. */
        record Gone() implements ActivityResult {}

        /** The kernel does not say. */
        record Unavailable(String reason) implements ActivityResult {}

        /** The one {@link Gone}. */
        ActivityResult GONE = new Gone();
    }
}
