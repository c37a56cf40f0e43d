/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.simulator;

import io.diskguard.model.CgroupPath;
import io.diskguard.model.DeviceId;
import io.diskguard.model.IoLimit;
import io.diskguard.model.LimitKey;
import io.diskguard.model.Rate;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One directory of the simulated hierarchy and what the kernel keeps for it. Guarded by the file system's lock. */
final class Cgroup {
    private final CgroupPath path;
    private final Optional<Cgroup> parent;
    private final SortedMap<String, Cgroup> children = new TreeMap<>();
    private final Map<String, String> attributes = new HashMap<>();
    private final SortedMap<DeviceId, Map<LimitKey, Long>> limits = new TreeMap<>();
    private final SortedMap<DeviceId, Counters> own = new TreeMap<>();
    private final SortedMap<DeviceId, Counters> subtree = new TreeMap<>();
    private final Map<DeviceId, Counters> done = new HashMap<>();
    private final SortedSet<Long> processes = new TreeSet<>();
    private boolean ioForChildren;
    private final Pressure pressure = new Pressure();
    private Optional<String> pressureSet = Optional.empty();

    private Cgroup(CgroupPath path, Optional<Cgroup> parent) {
        this.path = path;
        this.parent = parent;
    }

    static Cgroup root() {
        return new Cgroup(CgroupPath.ROOT, Optional.empty());
    }

    Cgroup makeChild(String name) {
        var child = new Cgroup(path.child(name), Optional.of(this));
        children.put(name, child);
        return child;
    }

    CgroupPath path() {
        return path;
    }

    Optional<Cgroup> parent() {
        return parent;
    }

    SortedMap<String, Cgroup> children() {
        return children;
    }

    Map<String, String> attributes() {
        return attributes;
    }

    /** Unsigned numbers by disk; a number that is not there is no limit, a disk without numbers has no entry. */
    SortedMap<DeviceId, Map<LimitKey, Long>> limits() {
        return limits;
    }

    /** The same as a driver tells them. */
    SortedMap<DeviceId, IoLimit> ioLimits() {
        var all = new TreeMap<DeviceId, IoLimit>();
        limits.forEach((device, numbers) -> {
            var limit = IoLimit.UNLIMITED;
            for (var number : numbers.entrySet()) {
                var unsigned = number.getValue();
                var rate = unsigned < 0 ? Rate.UNLIMITED : Rate.perSecond(Math.max(1, unsigned));
                limit = limit.with(number.getKey(), rate);
            }
            all.put(device, limit);
        });
        return all;
    }

    void setLimits(DeviceId device, Map<LimitKey, Long> numbers) {
        if (numbers.isEmpty()) {
            limits.remove(device);
        } else {
            limits.put(device, new EnumMap<>(numbers));
        }
    }

    /** IO of this cgroup's own processes. */
    SortedMap<DeviceId, Counters> own() {
        return own;
    }

    /** IO of this cgroup and of all that are or were below it. */
    SortedMap<DeviceId, Counters> subtree() {
        return subtree;
    }

    void count(DeviceId device, Counters io) {
        own.merge(device, io, Counters::plus);
        lineage().forEach(each -> each.subtree.merge(device, io, Counters::plus));
    }

    /** As {@code blkg_create} does: the disk is known from now on in this cgroup and in all above it. */
    void know(DeviceId device) {
        lineage().forEach(each -> {
            each.own.putIfAbsent(device, Counters.ZERO);
            each.subtree.putIfAbsent(device, Counters.ZERO);
        });
    }

    /** This cgroup, its parent, and so on to the root. */
    List<Cgroup> lineage() {
        return Stream.iterate(Optional.of(this), Optional::isPresent, each -> each.flatMap(Cgroup::parent))
                .flatMap(Optional::stream)
                .toList();
    }

    /** Its own processes did this, whether any file counts it or not. */
    void did(DeviceId device, Counters io) {
        done.merge(device, io, Counters::plus);
    }

    Map<DeviceId, Counters> done() {
        return Map.copyOf(done);
    }

    Counters done(DeviceId device) {
        return done.getOrDefault(device, Counters.ZERO);
    }

    /** The ids of its own processes. */
    SortedSet<Long> processes() {
        return processes;
    }

    /** As {@code cgroup.procs} lists them. */
    String processLines() {
        return processes.stream().map(pid -> pid + "\n").collect(Collectors.joining());
    }

    boolean ioForChildren() {
        return ioForChildren;
    }

    void setIoForChildren(boolean on) {
        ioForChildren = on;
    }

    String pressure() {
        return pressureSet.orElseGet(pressure::text);
    }

    void setPressure(String text) {
        pressureSet = Optional.of(text);
    }

    /** Lets time pass in which the cgroups waited so, here and below. */
    Waited advance(Map<CgroupPath, Double> waits, Duration time) {
        var here = Optional.ofNullable(waits.get(path)).map(part -> new Waited(part, part));
        var all = children.values().stream()
                .map(child -> child.advance(waits, time))
                .reduce(here.orElse(Waited.IDLE), Waited::with);
        pressure.advance(all.some(), all.isIdle() ? 0 : all.full(), time);
        return all;
    }

    /** The part of the time in which some, and all, of the tasks that do IO waited for it. */
    record Waited(double some, double full) {
        static final Waited IDLE = new Waited(0, 2);

        boolean isIdle() {
            return full > 1;
        }

        Waited with(Waited other) {
            return new Waited(Math.max(some, other.some), Math.min(full, other.full));
        }
    }
}
