/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.testkit;

import io.diskguard.model.CgroupPath;
import io.diskguard.model.DeviceId;
import io.diskguard.spi.CgroupFs;
import java.util.Optional;

/**
 * A hierarchy to test on, real or simulated: it makes and removes cgroups and has disks that may be throttled. Closing
 * it removes everything that it made.
 */
public interface CgroupFixture extends AutoCloseable {
    /** The hierarchy that carries the IO controller. */
    CgroupFs fs();

    /** Makes a fresh cgroup, with the IO controller on for it. */
    default CgroupPath newCgroup() {
        return newChild(parent());
    }

    /** The cgroup below which {@link #newCgroup()} makes its own; the fixture's alone. */
    CgroupPath parent();

    /** Makes a fresh cgroup below another that this fixture made, with the IO controller on for it. */
    CgroupPath newChild(CgroupPath parent);

    /** Makes this cgroup, which is not there, below {@link #parent()}, with the IO controller on for it. */
    void make(CgroupPath cgroup);

    /** Removes a cgroup without children that this fixture made, as {@code rmdir} does. */
    void remove(CgroupPath cgroup);

    /** A disk that can be throttled and that nothing else uses. */
    DeviceId disk();

    /** Another such disk. */
    DeviceId otherDisk();

    /** A partition; empty where the fixture cannot have one. */
    Optional<DeviceId> partition();

    /** The number of no device at all. */
    DeviceId unknownDevice();

    @Override
    void close();
}
