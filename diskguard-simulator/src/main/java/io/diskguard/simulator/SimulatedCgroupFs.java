/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.simulator;

import io.diskguard.model.CgroupPath;
import io.diskguard.model.DeviceId;
import io.diskguard.model.IoCounters;
import io.diskguard.model.IoLimit;
import io.diskguard.spi.AttributeResult;
import io.diskguard.spi.CgroupFs;
import io.diskguard.spi.CgroupWatch;
import io.diskguard.spi.Errno;
import io.diskguard.spi.FsResult;
import io.diskguard.spi.HostPaths;
import io.diskguard.spi.ReadBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A cgroup hierarchy in memory that answers as the kernel does, errno for errno. Besides {@link CgroupFs} it has the
 * side of the container runtime (cgroups made and removed), of the processes (IO done) and of the hardware (disks), and
 * faults to inject. Thread-safe.
 */
public final class SimulatedCgroupFs implements CgroupFs {
    private final String mountPoint;
    private final BlockDevices devices;
    private final KernelRules rules;
    private final CgroupTree tree = new CgroupTree();
    private final Faults faults = new Faults();
    private boolean watchable = true;
    private long writes;

    private SimulatedCgroupFs(String mountPoint, BlockDevices devices, KernelRules rules) {
        this.mountPoint = mountPoint;
        this.devices = devices;
        this.rules = rules;
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

    @Override
    public String mountPoint() {
        return mountPoint;
    }

    @Override
    public synchronized FsResult read(CgroupPath cgroup, String file, ReadBuffer buffer) {
        buffer.clear();
        return attempt(
                Operation.READ,
                cgroup,
                file,
                at -> buffer.set(rules.read(withFile(at, file), file).getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public synchronized FsResult write(CgroupPath cgroup, String file, String line) {
        writes++;
        return attempt(Operation.WRITE, cgroup, file, at -> rules.write(withFile(at, file), file, line));
    }

    @Override
    public synchronized boolean exists(CgroupPath cgroup) {
        return attempt(Operation.EXISTS, cgroup, "", at -> {}).isOk();
    }

    @Override
    public synchronized boolean exists(CgroupPath cgroup, String file) {
        return attempt(Operation.EXISTS, cgroup, file, at -> withFile(at, file)).isOk();
    }

    @Override
    public synchronized List<String> children(CgroupPath cgroup) {
        var names = new ArrayList<String>();
        attempt(Operation.LIST, cgroup, "", at -> names.addAll(at.children().keySet()));
        return List.copyOf(names);
    }

    @Override
    public synchronized FsResult mkdir(CgroupPath cgroup) {
        var parent = cgroup.parent().orElse(CgroupPath.ROOT);
        return attempt(Operation.MAKE, parent, cgroup.name(), at -> {
            if (cgroup.isRoot() || at.children().containsKey(cgroup.name())) {
                throw new Refused(Errno.EEXIST);
            }
            tree.make(cgroup);
        });
    }

    @Override
    public synchronized FsResult rmdir(CgroupPath cgroup) {
        return attempt(Operation.REMOVE, cgroup, "", at -> {
            if (!at.children().isEmpty() || !at.processes().isEmpty() || cgroup.isRoot()) {
                throw new Refused(Errno.EBUSY);
            }
            tree.remove(at);
        });
    }

    @Override
    public synchronized AttributeResult attribute(CgroupPath cgroup, String name) {
        if (attempt(Operation.GET_ATTRIBUTE, cgroup, "", at -> {}) instanceof FsResult.Failed failed) {
            return failed.errno() == Errno.ENOENT
                    ? AttributeResult.ABSENT
                    : new AttributeResult.Failed(failed.errno(), failed.detail() + " (user." + name + ")");
        }
        return tree.find(cgroup)
                .map(at -> at.attributes().get(name))
                .<AttributeResult>map(AttributeResult.Present::new)
                .orElse(AttributeResult.ABSENT);
    }

    @Override
    public synchronized FsResult setAttribute(CgroupPath cgroup, String name, String value) {
        return attempt(
                Operation.SET_ATTRIBUTE, cgroup, "", at -> at.attributes().put(name, value));
    }

    @Override
    public synchronized FsResult removeAttribute(CgroupPath cgroup, String name) {
        return attempt(
                Operation.SET_ATTRIBUTE, cgroup, "", at -> at.attributes().remove(name));
    }

    @Override
    public synchronized Optional<CgroupWatch> openWatch() {
        if (!watchable) {
            return Optional.empty();
        }
        var watch = new SimulatedWatch(this);
        tree.watches().add(watch);
        return Optional.of(watch);
    }

    /**
     * Makes a cgroup as a container runtime does: missing parents too, and on v2 with the {@code io} controller switched
     * on all the way down to it.
     */
    public synchronized void makeAll(CgroupPath cgroup) {
        tree.make(cgroup);
        tree.find(cgroup).flatMap(Cgroup::parent).ifPresent(rules::delegate);
    }

    /** Makes a cgroup and its missing parents, and nothing else: on v2 it has the {@code io} controller only if its parent gives it. */
    public synchronized void makeBare(CgroupPath cgroup) {
        tree.make(cgroup);
    }

    /** Removes a cgroup and all below it, the lowest first, as a runtime does; nothing if it is not there. */
    public synchronized void rmdirRecursive(CgroupPath cgroup) {
        tree.find(cgroup).ifPresent(tree::removeAll);
    }

    /** A process of the cgroup did this much on the disk and thereby on those below it; nothing if one of the two is not there. */
    public synchronized void countIo(CgroupPath cgroup, DeviceId device, IoCounters done) {
        var io = new Counters(done.rios(), done.wios(), done.rbytes(), done.wbytes());
        tree.find(cgroup).ifPresent(at -> devices.layers(device).forEach(layer -> {
            at.did(layer.disk(), layer.of(io));
            rules.count(at, layer.disk(), layer.of(io));
            devices.count(layer.disk(), layer.of(io));
        }));
    }

    /** Sets what {@code io.pressure} of the cgroup says, where there is such a file. */
    public synchronized void setPressure(CgroupPath cgroup, String text) {
        tree.find(cgroup).ifPresent(at -> at.setPressure(text));
    }

    /** Plugs in a whole disk (or logical volume, or loop device): it can be throttled. */
    public synchronized void addDisk(DeviceId disk) {
        devices.addDisk(disk, Spread.LINEAR, List.of());
    }

    /** Makes a disk of others; partitions among them stand for their disks. */
    synchronized void addStacked(DeviceId disk, Spread spread, List<DeviceId> below) {
        devices.addDisk(disk, spread, below);
    }

    /** Makes a partition known: it cannot be throttled. */
    public synchronized void addPartition(DeviceId partition) {
        devices.addPartition(partition, Optional.empty());
    }

    synchronized void addPartition(DeviceId partition, DeviceId disk) {
        devices.addPartition(partition, Optional.of(disk));
    }

    /** Pulls out a disk or removes a partition; its limits and counters go with it. */
    public synchronized void removeDisk(DeviceId disk) {
        devices.remove(disk);
        tree.forget(disk);
    }

    /** From now on every write to a control file, mkdir, rmdir and change of an attribute fails so: {@link Errno#EROFS}, {@link Errno#EACCES}. */
    public synchronized void refuseWrites(Errno errno) {
        List.of(Operation.WRITE, Operation.MAKE, Operation.REMOVE, Operation.SET_ATTRIBUTE)
                .forEach(operation -> faults.fail(operation, "**", errno));
    }

    /** From now on attributes can be neither set nor read: {@link Errno#EOPNOTSUPP} on a kernel that has none for cgroups. */
    public synchronized void refuseAttributes(Errno errno) {
        faults.fail(Operation.SET_ATTRIBUTE, "**", errno).fail(Operation.GET_ATTRIBUTE, "**", errno);
    }

    /** From now on there are no watches to open (all inotify instances in use). */
    public synchronized void refuseWatches() {
        watchable = false;
    }

    /** Takes every refusal back. */
    public synchronized void refuseNothing() {
        faults.clear();
        watchable = true;
    }

    /** What is to go wrong, one by one. */
    public Faults faults() {
        return faults;
    }

    /** How many writes to control files were tried so far. */
    public synchronized long writes() {
        return writes;
    }

    /** Runs IO against the limits in force and counts what gets through. */
    synchronized void run(List<Demand> demands, Duration time) {
        new Throttle(rules, devices, time).run(demands, tree::find);
    }

    /** What was done on each disk, by whomever, throttled or not. */
    synchronized Map<DeviceId, Counters> done() {
        return devices.done();
    }

    /** What the cgroup's own processes did on the disk, counted by the kernel or not. */
    synchronized IoCounters doneBy(CgroupPath cgroup, DeviceId disk) {
        return tree.find(cgroup).map(at -> at.done(disk)).orElse(Counters.ZERO).asIoCounters();
    }

    /** A process starts in the cgroup, which must be there. */
    synchronized void startProcess(CgroupPath cgroup, long pid) {
        tree.find(cgroup).ifPresent(at -> at.processes().add(pid));
    }

    /** A process of the cgroup ends. */
    synchronized void endProcess(CgroupPath cgroup, long pid) {
        tree.find(cgroup).ifPresent(at -> at.processes().remove(pid));
    }

    /** What to write to which file so that the disk has this limit. */
    Map<String, String> lines(DeviceId device, IoLimit limit) {
        return rules.lines(device, limit);
    }

    synchronized FsResult limits(CgroupPath cgroup, Map<DeviceId, IoLimit> into) {
        return attempt(
                Operation.READ,
                cgroup,
                rules.limitFile(),
                at -> into.putAll(withFile(at, rules.limitFile()).ioLimits()));
    }

    synchronized FsResult register(SimulatedWatch watch, CgroupPath cgroup) {
        return attempt(Operation.WATCH, cgroup, "", at -> watch.add(cgroup));
    }

    synchronized void unregister(SimulatedWatch watch) {
        tree.watches().remove(watch);
    }

    private Cgroup withFile(Cgroup cgroup, String file) throws Refused {
        if (!rules.hasFile(cgroup, file)) {
            throw new Refused(Errno.ENOENT);
        }
        return cgroup;
    }

    private FsResult attempt(Operation operation, CgroupPath cgroup, String file, SystemCall call) {
        try {
            var fault = faults.due(operation, cgroup, file);
            var at = tree.get(cgroup);
            if (fault.isPresent()) {
                throw new Refused(fault.get());
            }
            call.on(at);
            return FsResult.OK;
        } catch (Refused refused) {
            var where = mountPoint + (cgroup.isRoot() ? "" : cgroup.value()) + (file.isEmpty() ? "" : "/" + file);
            return FsResult.failed(refused.errno(), where + ": " + refused.getMessage());
        }
    }

    private interface SystemCall {
        void on(Cgroup cgroup) throws Refused;
    }
}
