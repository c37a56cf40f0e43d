/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.testkit;

import io.diskguard.model.CgroupPath;
import io.diskguard.model.DeviceId;
import io.diskguard.simulator.SimulatedCgroupFs;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** The fixture on the simulated kernel: two disks and a partition. */
public final class SimulatedCgroups implements CgroupFixture {
    private static final DeviceId DISK = new DeviceId(8, 0);
    private static final DeviceId PARTITION = new DeviceId(8, 1);
    private static final DeviceId OTHER_DISK = new DeviceId(259, 0);
    private static final DeviceId UNKNOWN = new DeviceId(250, 1);
    private static final CgroupPath PARENT = new CgroupPath("/diskguard-tck");

    private final SimulatedCgroupFs fs;
    private final AtomicInteger made = new AtomicInteger();

    private SimulatedCgroups(SimulatedCgroupFs fs) {
        this.fs = fs;
    }

    /** A fixture on cgroup v1. */
    public static SimulatedCgroups v1() {
        return on(SimulatedCgroupFs.v1());
    }

    /** A fixture on cgroup v2. */
    public static SimulatedCgroups v2() {
        return on(SimulatedCgroupFs.v2());
    }

    /** A fixture on the hierarchy given, to which it adds its disks. */
    public static SimulatedCgroups on(SimulatedCgroupFs fs) {
        fs.addDisk(DISK);
        fs.addPartition(PARTITION);
        fs.addDisk(OTHER_DISK);
        fs.makeAll(PARENT);
        return new SimulatedCgroups(fs);
    }

    @Override
    public SimulatedCgroupFs fs() {
        return fs;
    }

    @Override
    public CgroupPath parent() {
        return PARENT;
    }

    @Override
    public CgroupPath newChild(CgroupPath parent) {
        var child = parent.child("c" + made.incrementAndGet());
        make(child);
        return child;
    }

    @Override
    public void make(CgroupPath cgroup) {
        fs.makeAll(cgroup);
    }

    @Override
    public void remove(CgroupPath cgroup) {
        if (!fs.rmdir(cgroup).isOk()) {
            throw new IllegalStateException("cannot remove " + cgroup);
        }
    }

    @Override
    public DeviceId disk() {
        return DISK;
    }

    @Override
    public DeviceId otherDisk() {
        return OTHER_DISK;
    }

    @Override
    public Optional<DeviceId> partition() {
        return Optional.of(PARTITION);
    }

    @Override
    public DeviceId unknownDevice() {
        return UNKNOWN;
    }

    @Override
    public void close() {
        fs.rmdirRecursive(PARENT);
    }
}
