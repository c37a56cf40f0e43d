/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.simulator;

import io.diskguard.model.CgroupPath;
import io.diskguard.model.DeviceId;
import io.diskguard.model.IoCounters;
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
import java.util.Optional;
import java.util.function.Function;

/**
 * A cgroup hierarchy in memory that answers as the kernel does, errno for errno. Besides {@link CgroupFs} it has the
 * side of the container runtime (cgroups made and removed), of the processes (IO done) and of the hardware (disks), and
 * faults to inject. Thread-safe.
 */
public final class SimulatedCgroupFs implements CgroupFs {
    private final String mountPoint;
    private final BlockDevices devices;
    private final KernelRules rules;
    private final Cgroup root = Cgroup.root();
    private final List<SimulatedWatch> watches = new ArrayList<>();
    private Optional<Errno> writeFault = Optional.empty();
    private Optional<Errno> attributeFault = Optional.empty();
    private Optional<Errno> attributeReadFault = Optional.empty();
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
                cgroup,
                "/" + file,
                at -> buffer.set(rules.read(withFile(at, file), file).getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public synchronized FsResult write(CgroupPath cgroup, String file, String line) {
        writes++;
        return attempt(cgroup, "/" + file, at -> {
            withFile(at, file);
            check(writeFault);
            rules.write(at, file, line);
        });
    }

    @Override
    public synchronized boolean exists(CgroupPath cgroup) {
        return find(cgroup).isPresent();
    }

    @Override
    public synchronized boolean exists(CgroupPath cgroup, String file) {
        return find(cgroup).filter(at -> rules.hasFile(at, file)).isPresent();
    }

    @Override
    public synchronized List<String> children(CgroupPath cgroup) {
        return find(cgroup).map(at -> List.copyOf(at.children().keySet())).orElse(List.of());
    }

    @Override
    public synchronized FsResult mkdir(CgroupPath cgroup) {
        var parent = cgroup.parent();
        if (parent.isEmpty() || exists(cgroup)) {
            return attempt(CgroupPath.ROOT, cgroup.value(), root -> {
                throw new Refused(Errno.EEXIST);
            });
        }
        return attempt(parent.get(), "/" + cgroup.name(), at -> {
            check(writeFault);
            make(cgroup);
        });
    }

    @Override
    public synchronized FsResult rmdir(CgroupPath cgroup) {
        return attempt(cgroup, "", at -> {
            check(writeFault);
            if (!at.children().isEmpty() || cgroup.isRoot()) {
                throw new Refused(Errno.EBUSY);
            }
            remove(at);
        });
    }

    @Override
    public synchronized AttributeResult attribute(CgroupPath cgroup, String name) {
        var at = find(cgroup);
        if (at.isPresent() && attributeReadFault.isPresent()) {
            var what = mountPoint + cgroup.value() + " attribute user." + name;
            var errno = attributeReadFault.get();
            return new AttributeResult.Failed(errno, what + ": " + new Refused(errno).getMessage());
        }
        return at.map(there -> there.attributes().get(name))
                .<AttributeResult>map(AttributeResult.Present::new)
                .orElse(AttributeResult.ABSENT);
    }

    @Override
    public synchronized FsResult setAttribute(CgroupPath cgroup, String name, String value) {
        return attempt(cgroup, "", at -> {
            check(attributeFault);
            at.attributes().put(name, value);
        });
    }

    @Override
    public synchronized FsResult removeAttribute(CgroupPath cgroup, String name) {
        return attempt(cgroup, "", at -> {
            check(attributeFault);
            at.attributes().remove(name);
        });
    }

    @Override
    public synchronized Optional<CgroupWatch> openWatch() {
        if (!watchable) {
            return Optional.empty();
        }
        var watch = new SimulatedWatch(this);
        watches.add(watch);
        return Optional.of(watch);
    }

    /**
     * Makes a cgroup as a container runtime does: missing parents too, and on v2 with the {@code io} controller switched
     * on all the way down to it.
     */
    public synchronized void makeAll(CgroupPath cgroup) {
        make(cgroup);
        find(cgroup).flatMap(Cgroup::parent).ifPresent(rules::delegate);
    }

    /** Makes a cgroup and its missing parents, and nothing else: on v2 it has the {@code io} controller only if its parent gives it. */
    public synchronized void makeBare(CgroupPath cgroup) {
        make(cgroup);
    }

    /** Removes a cgroup and all below it, the lowest first, as a runtime does; nothing if it is not there. */
    public synchronized void rmdirRecursive(CgroupPath cgroup) {
        find(cgroup).ifPresent(at -> {
            List.copyOf(at.children().values()).forEach(child -> rmdirRecursive(child.path()));
            remove(at);
        });
    }

    /** A process of the cgroup did this much on the disk; nothing if the cgroup is not there. */
    public synchronized void countIo(CgroupPath cgroup, DeviceId device, IoCounters done) {
        var io = new Counters(done.rios(), done.wios(), done.rbytes(), done.wbytes());
        find(cgroup).ifPresent(at -> rules.count(at, device, io));
    }

    /** Sets what {@code io.pressure} of the cgroup says, where there is such a file. */
    public synchronized void setPressure(CgroupPath cgroup, String text) {
        find(cgroup).ifPresent(at -> at.setPressure(text));
    }

    /** Plugs in a whole disk (or logical volume, or loop device): it can be throttled. */
    public synchronized void addDisk(DeviceId disk) {
        devices.addDisk(disk);
    }

    /** Makes a partition known: it cannot be throttled. */
    public synchronized void addPartition(DeviceId partition) {
        devices.addPartition(partition);
    }

    /** Pulls out a disk or removes a partition; its limits and counters go with it. */
    public synchronized void removeDisk(DeviceId disk) {
        devices.remove(disk);
        forget(root, disk);
    }

    /** From now on every write to a control file, mkdir, rmdir and change of an attribute fails so: {@link Errno#EROFS}, {@link Errno#EACCES}. */
    public synchronized void refuseWrites(Errno errno) {
        writeFault = Optional.of(errno);
        attributeFault = Optional.of(errno);
    }

    /** From now on attributes can be neither set nor read: {@link Errno#EOPNOTSUPP} on a kernel that has none for cgroups. */
    public synchronized void refuseAttributes(Errno errno) {
        attributeFault = Optional.of(errno);
        attributeReadFault = Optional.of(errno);
    }

    /** From now on there are no watches to open (all inotify instances in use). */
    public synchronized void refuseWatches() {
        watchable = false;
    }

    /** Takes every refusal back. */
    public synchronized void refuseNothing() {
        writeFault = Optional.empty();
        attributeFault = Optional.empty();
        attributeReadFault = Optional.empty();
        watchable = true;
    }

    /** How many writes to control files were tried so far. */
    public synchronized long writes() {
        return writes;
    }

    /** Runs IO against the limits in force and counts what gets through. */
    synchronized void run(List<Demand> demands, Duration time) {
        new Throttle(rules, time).run(demands, this::find);
    }

    synchronized FsResult register(SimulatedWatch watch, CgroupPath cgroup) {
        return attempt(cgroup, "", at -> watch.add(cgroup));
    }

    synchronized void unregister(SimulatedWatch watch) {
        watches.remove(watch);
    }

    private void make(CgroupPath cgroup) {
        if (find(cgroup).isPresent()) {
            return;
        }
        var parent = cgroup.parent().orElse(CgroupPath.ROOT);
        make(parent);
        find(parent).orElseThrow().makeChild(cgroup.name());
        watches.forEach(watch -> watch.appeared(parent, cgroup));
    }

    private void remove(Cgroup at) {
        at.parent().ifPresent(parent -> {
            parent.children().remove(at.path().name());
            watches.forEach(watch -> watch.gone(at.path()));
        });
    }

    private static void forget(Cgroup at, DeviceId disk) {
        at.limits().remove(disk);
        at.own().remove(disk);
        at.subtree().remove(disk);
        at.children().values().forEach(child -> forget(child, disk));
    }

    private Optional<Cgroup> find(CgroupPath cgroup) {
        Function<CgroupPath, Optional<Cgroup>> inParent =
                parent -> find(parent).map(at -> at.children().get(cgroup.name()));
        return cgroup.parent().map(inParent).orElse(Optional.of(root));
    }

    private Cgroup withFile(Cgroup cgroup, String file) throws Refused {
        if (!rules.hasFile(cgroup, file)) {
            throw new Refused(Errno.ENOENT);
        }
        return cgroup;
    }

    private static void check(Optional<Errno> fault) throws Refused {
        if (fault.isPresent()) {
            throw new Refused(fault.get());
        }
    }

    private FsResult attempt(CgroupPath cgroup, String file, SystemCall call) {
        try {
            call.on(find(cgroup).orElseThrow(() -> new Refused(Errno.ENOENT)));
            return FsResult.OK;
        } catch (Refused refused) {
            var where = mountPoint + (cgroup.isRoot() ? "" : cgroup.value()) + file;
            return FsResult.failed(refused.errno(), where + ": " + refused.getMessage());
        }
    }

    private interface SystemCall {
        void on(Cgroup cgroup) throws Refused;
    }
}
