/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.simulator;

import io.diskguard.model.CgroupPath;
import io.diskguard.model.DeviceId;
import io.diskguard.model.IoLimit;
import io.diskguard.spi.AttributeResult;
import io.diskguard.spi.CgroupFs;
import io.diskguard.spi.CgroupWatch;
import io.diskguard.spi.Errno;
import io.diskguard.spi.FsResult;
import io.diskguard.spi.ReadBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The calls of {@link CgroupFs}, answered as kernfs answers them or as a fault has it. Thread-safe. */
abstract class CgroupCalls implements CgroupFs {
    private final String mountPoint;
    private final BlockDevices devices;
    private final KernelRules rules;
    private final CgroupTree tree = new CgroupTree();
    private final Faults faults = new Faults();
    private boolean watchable = true;
    private long writes;

    CgroupCalls(String mountPoint, BlockDevices devices, KernelRules rules) {
        this.mountPoint = mountPoint;
        this.devices = devices;
        this.rules = rules;
    }

    final BlockDevices devices() {
        return devices;
    }

    final KernelRules rules() {
        return rules;
    }

    final CgroupTree tree() {
        return tree;
    }

    final synchronized void allowWatches(boolean allow) {
        watchable = allow;
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

    /** What is to go wrong, one by one. */
    public Faults faults() {
        return faults;
    }

    /** How many writes to control files were tried so far. */
    public synchronized long writes() {
        return writes;
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
