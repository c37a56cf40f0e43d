/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.simulator;

import io.diskguard.model.CgroupPath;
import io.diskguard.model.DeviceId;
import io.diskguard.model.IoCounters;
import io.diskguard.spi.CgroupFs;
import io.diskguard.spi.Errno;
import io.diskguard.spi.HostPaths;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A cgroup hierarchy in memory that answers as the kernel does, errno for errno. Besides {@link CgroupFs} it has the
 * side of the container runtime (cgroups made and removed), of the processes (IO done) and of the hardware (disks), and
 * faults to inject. Thread-safe.
 */
public final class SimulatedCgroupFs extends CgroupCalls {
    private SimulatedCgroupFs(String mountPoint, BlockDevices devices, KernelRules rules) {
        super(mountPoint, devices, rules);
    }

    /** The {@code blkio} hierarchy of cgroup v1, empty, where it usually is. */
    public static SimulatedCgroupFs v1() {
        return v1(HostPaths.host());
    }

    /** The {@code blkio} hierarchy of cgroup v1, empty. */
    public static SimulatedCgroupFs v1(HostPaths paths) {
        var devices = new BlockDevices();
        return new SimulatedCgroupFs(paths.sys().resolve("fs/cgroup/blkio").toString(), devices, new V1Rules(devices));
    }

    /** The unified hierarchy of cgroup v2, empty, where it usually is. */
    public static SimulatedCgroupFs v2() {
        return v2(HostPaths.host());
    }

    /** The unified hierarchy of cgroup v2, empty. */
    public static SimulatedCgroupFs v2(HostPaths paths) {
        var devices = new BlockDevices();
        return new SimulatedCgroupFs(paths.sys().resolve("fs/cgroup").toString(), devices, new V2Rules(devices));
    }

    /**
     * Makes a cgroup as a container runtime does: missing parents too, and on v2 with the {@code io} controller switched
     * on all the way down to it.
     */
    public synchronized void makeAll(CgroupPath cgroup) {
        tree().make(cgroup);
        tree().find(cgroup).flatMap(Cgroup::parent).ifPresent(rules()::delegate);
    }

    /** Makes a cgroup and its missing parents, and nothing else: on v2 it has the {@code io} controller only if its parent gives it. */
    public synchronized void makeBare(CgroupPath cgroup) {
        tree().make(cgroup);
    }

    /** Removes a cgroup and all below it, the lowest first, as a runtime does; nothing if it is not there. */
    public synchronized void rmdirRecursive(CgroupPath cgroup) {
        tree().find(cgroup).ifPresent(tree()::removeAll);
    }

    /** A process of the cgroup did this much on the disk and thereby on those below it; nothing if one of the two is not there. */
    public synchronized void countIo(CgroupPath cgroup, DeviceId device, IoCounters done) {
        var io = new Counters(done.rios(), done.wios(), done.rbytes(), done.wbytes());
        var contention = new Contention(devices(), 1);
        tree().find(cgroup).ifPresent(at -> devices().layers(device).forEach(layer -> {
            at.did(layer.disk(), layer.of(io));
            rules().count(at, layer.disk(), layer.of(io));
            devices().count(layer.disk(), contention.work(layer.disk(), layer.of(io)));
        }));
    }

    /** Sets what {@code io.pressure} of the cgroup says, where there is such a file. */
    public synchronized void setPressure(CgroupPath cgroup, String text) {
        tree().find(cgroup).ifPresent(at -> at.setPressure(text));
    }

    /** Plugs in a whole disk (or logical volume, or loop device): it can be throttled. */
    public synchronized void addDisk(DeviceId disk) {
        devices().addDisk(disk, Spread.LINEAR, List.of());
    }

    synchronized void setCapacity(DeviceId disk, long operations) {
        devices().setCapacity(disk, operations);
    }

    /** How much the whole node waited. */
    synchronized String nodePressure() {
        return tree().find(CgroupPath.ROOT).orElseThrow().pressure();
    }

    /** Makes a disk of others; partitions among them stand for their disks. */
    synchronized void addStacked(DeviceId disk, Spread spread, List<DeviceId> below) {
        devices().addDisk(disk, spread, below);
    }

    /** Makes a partition known: it cannot be throttled. */
    public synchronized void addPartition(DeviceId partition) {
        devices().addPartition(partition, Optional.empty());
    }

    synchronized void addPartition(DeviceId partition, DeviceId disk) {
        devices().addPartition(partition, Optional.of(disk));
    }

    /** Pulls out a disk or removes a partition; its limits and counters go with it. */
    public synchronized void removeDisk(DeviceId disk) {
        devices().remove(disk);
        tree().forget(disk);
    }

    /** From now on every write to a control file, mkdir, rmdir and change of an attribute fails so: {@link Errno#EROFS}, {@link Errno#EACCES}. */
    public synchronized void refuseWrites(Errno errno) {
        List.of(Operation.WRITE, Operation.MAKE, Operation.REMOVE, Operation.SET_ATTRIBUTE)
                .forEach(operation -> faults().fail(operation, "**", errno));
    }

    /** From now on attributes can be neither set nor read: {@link Errno#EOPNOTSUPP} on a kernel that has none for cgroups. */
    public synchronized void refuseAttributes(Errno errno) {
        faults().fail(Operation.SET_ATTRIBUTE, "**", errno).fail(Operation.GET_ATTRIBUTE, "**", errno);
    }

    /** From now on there are no watches to open (all inotify instances in use). */
    public synchronized void refuseWatches() {
        allowWatches(false);
    }

    /** Takes every refusal back. */
    public synchronized void refuseNothing() {
        faults().clear();
        allowWatches(true);
    }

    /** Runs IO against the limits in force and counts what gets through. */
    synchronized void run(List<Demand> demands, Duration time) {
        tree().advance(new Throttle(rules(), devices(), time).run(demands, tree()::find), time);
    }

    /** What was done on each disk and partition, by whomever, counted by cgroups or not. */
    synchronized Map<DeviceId, DiskWork> done() {
        return devices().done();
    }

    /** What the cgroup's own processes did on each disk; empty if there is none. */
    synchronized Optional<Map<DeviceId, Counters>> doneBy(CgroupPath cgroup) {
        return tree().find(cgroup).map(Cgroup::done);
    }

    /** What the cgroup's own processes did on the disk, counted by the kernel or not. */
    synchronized IoCounters doneBy(CgroupPath cgroup, DeviceId disk) {
        return tree().find(cgroup)
                .map(at -> at.done(disk))
                .orElse(Counters.ZERO)
                .asIoCounters();
    }

    /** A process starts in the cgroup, which must be there. */
    public synchronized void startProcess(CgroupPath cgroup, long pid) {
        tree().find(cgroup).ifPresent(at -> at.processes().add(pid));
    }

    /** A process of the cgroup ends. */
    synchronized void endProcess(CgroupPath cgroup, long pid) {
        tree().find(cgroup).ifPresent(at -> at.processes().remove(pid));
    }
}
