/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.spi;

import io.diskguard.model.CgroupPath;
import io.diskguard.model.DeviceId;
import io.diskguard.model.DeviceLimits;
import io.diskguard.model.IoLimit;

/**
 * Writes limits into the kernel and reads them back: one of {@code blkio.throttle.*} (v1) and {@code io.max} (v2). It
 * does exactly what it is told; whether a limit is ours to change is decided above. Thread-safe.
 */
public interface CgroupDriver extends AutoCloseable {
    /** The hierarchy that carries the IO controller. */
    CgroupFs hierarchy();

    /**
     * Sets all four numbers of one disk; {@link IoLimit#UNLIMITED} removes its limit. The other disks' limits stay. A
     * result of {@link ApplyResult.Applied} means that the kernel accepted the write, not yet that it was read back.
     */
    ApplyResult apply(CgroupPath cgroup, DeviceId device, IoLimit limit);

    /** Every limit that the cgroup has now, whoever set it. */
    ReadResult read(CgroupPath cgroup);

    /** Removes the limit of one disk. */
    default ApplyResult clear(CgroupPath cgroup, DeviceId device) {
        return apply(cgroup, device, IoLimit.UNLIMITED);
    }

    @Override
    void close();

    /** What came of a write. */
    sealed interface ApplyResult {
        /** The kernel accepted all of it. */
        record Applied() implements ApplyResult {}

        /** The cgroup is not there any more. */
        record Gone() implements ApplyResult {}

        /** The cgroup is there but has no such control file: the controller is switched off for it (yet). */
        record ControllerOff(String detail) implements ApplyResult {}

        /**
         * The kernel said no.
         *
         * @param detail file, line written and the kernel's own words
         */
        record Rejected(Errno errno, String detail) implements ApplyResult {}
    }

    /** What a cgroup's control files say. */
    sealed interface ReadResult {
        record Found(DeviceLimits limits) implements ReadResult {}

        /** The cgroup is not there any more. */
        record Gone() implements ReadResult {}

        /** The cgroup is there but has no such control file: the controller is switched off for it (yet). */
        record ControllerOff(String detail) implements ReadResult {}

        record Failed(Errno errno, String detail) implements ReadResult {}
    }

    /** Makes a {@link CgroupDriver}; one is chosen per node. */
    interface Factory extends Provider<CgroupDriver> {}
}
