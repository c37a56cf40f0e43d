/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.reconcile;

import io.diskguard.device.DiskResolution;
import io.diskguard.model.Container;
import io.diskguard.model.Disk;
import io.diskguard.model.DiskUse;
import io.diskguard.policy.PolicyChain;
import io.diskguard.spi.ContainerDisks;
import io.diskguard.spi.ContainerDisks.Place;
import io.diskguard.spi.ContainerDisks.Places;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/** Finds the disks on which a container is to be limited: the configured ones, and those that its pod's rules name. */
final class DiskUses {
    private final ContainerDisks containerDisks;
    private final Function<String, DiskResolution> devices;

    DiskUses(ContainerDisks containerDisks, Function<String, DiskResolution> devices) {
        this.containerDisks = containerDisks;
        this.devices = devices;
    }

    /** The same with one look at the host, for the containers of one pod that names these. */
    DiskUses look(PolicyChain.Named named) {
        return named.places() ? new DiskUses(lookGuarded(), devices) : this;
    }

    private ContainerDisks lookGuarded() {
        try {
            return containerDisks.look();
        } catch (Exception | LinkageError | StackOverflowError | AssertionError failure) {
            return (pod, container, cgroup) -> new Places.Unknown("looking at the host failed: " + failure);
        }
    }

    /** A bug in one container's case costs none of the others. */
    private Places places(Target target, Container container) {
        try {
            return containerDisks.of(target.pod(), container, target.cgroup());
        } catch (Exception | LinkageError | StackOverflowError | AssertionError failure) {
            return new Places.Unknown("looking for them failed: " + failure);
        }
    }

    /**
     * @param notes what could not be found and why, for {@code explain}
     */
    record Found(Uses uses, List<String> notes) {}

    /** @param allDisks whether the configured disks are all that there are to be */
    Found of(Target target, PolicyChain.Named named, Collection<Disk> configured, boolean allDisks) {
        var table = new Table(configured);
        var notes = new ArrayList<String>();
        for (var device : named.devices()) {
            var answer = devices.apply(device);
            if (answer instanceof DiskResolution.Found found) {
                found.disks().forEach(table::touch);
            } else {
                notes.add("device " + device + " is not limited: it is no disk of this node that can be");
            }
        }
        var known = !named.places() || look(target, named, table, notes);
        return new Found(new Uses(table.uses(), known && allDisks, !known), notes);
    }

    private boolean look(Target target, PolicyChain.Named named, Table table, List<String> notes) {
        if (target.container().isEmpty()) {
            notes.add("which container it is, so what its volumes are, is not known yet");
            return false;
        }
        var answer = places(target, asked(target.container().get(), named));
        if (answer instanceof Places.Unknown unknown) {
            notes.add("its volumes are not known yet: " + unknown.reason());
            return false;
        }
        var allTold = true;
        for (var place : ((Places.Known) answer).places()) {
            if (place instanceof Place.Volume volume) {
                volume.disks().forEach(disk -> table.at(disk).volumes.add(volume.name()));
                notes.add("volume " + volume.name() + ": " + String.join("; ", volume.steps()));
            } else if (place instanceof Place.Rootfs rootfs) {
                rootfs.disks().forEach(disk -> table.at(disk).rootfs = true);
                notes.add("root file system: " + String.join("; ", rootfs.steps()));
            } else if (place instanceof Place.Untold untold) {
                notes.add(untold.volume().map("volume "::concat).orElse("root file system") + " is not known yet: "
                        + String.join("; ", untold.steps()));
                allTold &= !untold.volume().map(named.volumes()::contains).orElse(named.rootfs());
            }
        }
        return allTold;
    }

    /** Only who needs a raw block volume has the runtime asked. */
    private static Container asked(Container container, PolicyChain.Named named) {
        var mounts = container.mounts().stream()
                .filter(mount -> !mount.block() || named.volumes().contains(mount.volume()))
                .toList();
        return mounts.size() == container.mounts().size()
                ? container
                : new Container(container.name(), container.image(), container.kind(), container.id(), mounts);
    }

    /** What is on each disk, while it is put together. */
    private static final class Table {
        private final SortedMap<Disk, On> disks = new TreeMap<>();

        Table(Collection<Disk> configured) {
            configured.forEach(disk -> at(disk).guarded = true);
        }

        On at(Disk disk) {
            return disks.computeIfAbsent(disk, absent -> new On());
        }

        void touch(Disk disk) {
            at(disk);
        }

        List<DiskUse> uses() {
            var uses = new ArrayList<DiskUse>();
            disks.forEach((disk, on) -> uses.add(new DiskUse(disk, on.guarded, on.volumes, on.rootfs)));
            return uses;
        }
    }

    private static final class On {
        private final Set<String> volumes = new HashSet<>();
        private boolean guarded;
        private boolean rootfs;
    }
}
