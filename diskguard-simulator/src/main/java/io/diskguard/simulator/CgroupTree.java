/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.simulator;

import io.diskguard.model.CgroupPath;
import io.diskguard.model.DeviceId;
import io.diskguard.spi.Errno;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The directories of the simulated hierarchy and who watches them. Guarded by the file system's lock. */
final class CgroupTree {
    private final Cgroup root = Cgroup.root();
    private final List<SimulatedWatch> watches = new ArrayList<>();

    /** Lets time pass in which the cgroups waited so. */
    void advance(Map<CgroupPath, Double> waited, Duration time) {
        root.advance(waited, time);
    }

    List<SimulatedWatch> watches() {
        return watches;
    }

    Optional<Cgroup> find(CgroupPath cgroup) {
        Function<CgroupPath, Optional<Cgroup>> inParent =
                parent -> find(parent).map(at -> at.children().get(cgroup.name()));
        return cgroup.parent().map(inParent).orElse(Optional.of(root));
    }

    /** @throws Refused with ENOENT if it is not there */
    Cgroup get(CgroupPath cgroup) throws Refused {
        return find(cgroup).orElseThrow(() -> new Refused(Errno.ENOENT));
    }

    /** Makes it and its missing parents. */
    void make(CgroupPath cgroup) {
        if (find(cgroup).isPresent()) {
            return;
        }
        var parent = cgroup.parent().orElse(CgroupPath.ROOT);
        make(parent);
        find(parent).orElseThrow().makeChild(cgroup.name());
        watches.forEach(watch -> watch.appeared(parent, cgroup));
    }

    void remove(Cgroup at) {
        at.parent().ifPresent(parent -> {
            parent.children().remove(at.path().name());
            watches.forEach(watch -> watch.gone(at.path()));
        });
    }

    /** Removes it with all below it, the lowest first. */
    void removeAll(Cgroup at) {
        List.copyOf(at.children().values()).forEach(this::removeAll);
        remove(at);
    }

    /** Drops the disk's limits and counters everywhere. */
    void forget(DeviceId disk) {
        forget(root, disk);
    }

    private static void forget(Cgroup at, DeviceId disk) {
        at.limits().remove(disk);
        at.own().remove(disk);
        at.subtree().remove(disk);
        at.children().values().forEach(child -> forget(child, disk));
    }
}
