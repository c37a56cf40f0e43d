/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.e2e.scenarios.kernel;

import io.diskguard.e2e.scenarios.machine.Cgroups;
import io.diskguard.model.CgroupPath;
import io.diskguard.model.DeviceId;
import io.diskguard.spi.CgroupFs;
import io.diskguard.testkit.CgroupFixture;
import java.util.Optional;

/** The disk that is written to is the one without partitions: udev reads the table again after each writer, and they vanish for that moment. */
record BareDiskFirst(Cgroups real) implements CgroupFixture {
    @Override
    public CgroupFs fs() {
        return real.fs();
    }

    @Override
    public CgroupPath parent() {
        return real.parent();
    }

    @Override
    public CgroupPath newChild(CgroupPath parent) {
        return real.newChild(parent);
    }

    @Override
    public void make(CgroupPath cgroup) {
        real.make(cgroup);
    }

    @Override
    public void remove(CgroupPath cgroup) {
        real.remove(cgroup);
    }

    @Override
    public DeviceId disk() {
        return real.otherDisk();
    }

    @Override
    public DeviceId otherDisk() {
        return real.disk();
    }

    @Override
    public Optional<DeviceId> partition() {
        return real.partition();
    }

    @Override
    public DeviceId unknownDevice() {
        return real.unknownDevice();
    }

    @Override
    public void close() {
        real.close();
    }
}
