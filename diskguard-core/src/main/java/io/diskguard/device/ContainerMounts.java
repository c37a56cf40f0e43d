/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.device;

import io.diskguard.model.CgroupPath;
import io.diskguard.model.Container;
import io.diskguard.model.ContainerId;
import io.diskguard.model.Disk;
import io.diskguard.model.MountRef;
import io.diskguard.model.Pod;
import io.diskguard.spi.ContainerDisks;
import io.diskguard.spi.HostPaths;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Finds the disks of containers with one look at the host's mounts. */
record ContainerMounts(HostPaths paths, CgroupProcesses processes, DiskView host, BlockVolumes blocks)
        implements ContainerDisks {
    @Override
    public Places of(Pod pod, Container container, CgroupPath cgroup) {
        var seen = see(container, cgroup);
        if (seen instanceof Sought.Missed<Seen> missed
                && container.mounts().stream().noneMatch(MountRef::block)) {
            return new Places.Unknown(missed.reason());
        }
        var places = new ArrayList<Place>();
        for (var volume : container.mounts()) {
            places.add(volume.block() ? blocks.of(pod, container, volume) : volume(volume, seen));
        }
        places.add(rootfs(seen));
        return new Places.Known(places);
    }

    /** What it has mounted, and its raw block volumes; empty if that cannot be seen. */
    Optional<List<ContainerFileSystems.Mounted>> mounted(Pod pod, Container container, CgroupPath cgroup) {
        if (!(see(container, cgroup) instanceof Sought.Found<Seen> found)) {
            return Optional.empty();
        }
        var volumes = new HashMap<Mount, Set<String>>();
        var all = new ArrayList<ContainerFileSystems.Mounted>();
        for (var volume : container.mounts()) {
            if (volume.block()) {
                if (blocks.of(pod, container, volume) instanceof Place.Volume place) {
                    all.add(ContainerFileSystems.Mounted.block(volume, withLower(place.disks())));
                }
            } else {
                mount(volume, found.it(), new ArrayList<>())
                        .ifPresent(on -> volumes.computeIfAbsent(on, none -> new HashSet<>())
                                .add(volume.volume()));
            }
        }
        found.it().table().reached().forEach(mount -> all.add(mounted(mount, volumes.getOrDefault(mount, Set.of()))));
        return Optional.of(all);
    }

    private ContainerFileSystems.Mounted mounted(Mount mount, Set<String> volumes) {
        var written = mount;
        for (var depth = 0; written.type().equals("overlay") && depth < MountDisks.DEEPEST; depth++) {
            var overlay = written;
            var below = Overlay.upperDirectory(overlay.options())
                    .flatMap(upper -> host.host().flatMap(mounts -> mounts.under(overlay, upper)));
            if (below.isEmpty()) {
                break;
            }
            written = below.get();
        }
        var backing = host.backing(written, new ArrayList<>());
        return new ContainerFileSystems.Mounted(
                mount.mountPoint(),
                volumes,
                mount.writable(),
                written.type(),
                written.options(),
                withLower(backing.disks(new ArrayList<>())),
                backing instanceof Backing.Diskless diskless ? Optional.of(diskless.reason()) : Optional.empty());
    }

    /** What is written to a device of device mapper or md goes on to those that it is made of. */
    private List<Disk> withLower(List<Disk> disks) {
        var all = new TreeSet<Disk>();
        disks.forEach(disk -> host.byNumber(disk.id()).ifPresent(device -> lower(device, all)));
        return List.copyOf(all);
    }

    private static void lower(BlockDevice device, Set<Disk> all) {
        var disk = device.isPartition() ? device.disk() : Optional.of(device);
        if (disk.isPresent() && all.add(disk.get().asDisk())) {
            disk.get().slaves().forEach(slave -> lower(slave, all));
        }
    }

    /** A container's mounts, and its directories. */
    private record Seen(MountTable table, HostTree root) {}

    private Sought<Seen> see(Container container, CgroupPath cgroup) {
        if (host.host().isEmpty()) {
            return new Sought.Missed<>(cgroup + ": the host's mounts cannot be read from " + paths.proc());
        }
        var pids = processes(container, cgroup);
        if (pids.isEmpty()) {
            return new Sought.Missed<>(cgroup + ": " + processes.whyNone(cgroup));
        }
        for (var pid : pids) {
            var table = MountTable.of(paths.proc(), Integer.toString(pid)).filter(this::isOfAContainer);
            if (table.isPresent()) {
                return new Sought.Found<>(
                        new Seen(table.get(), new HostTree(paths.proc().resolve(pid + "/root"))));
            }
        }
        return new Sought.Missed<>(
                cgroup + ": none of its processes " + pids + " has mounts of its own that can be read (yet)");
    }

    private List<Integer> processes(Container container, CgroupPath cgroup) {
        var pids = processes.of(cgroup);
        return pids.isEmpty()
                ? container.id().flatMap(this::fromRuntime).map(List::of).orElse(List.of())
                : pids;
    }

    /** If that is the host's procfs: in another pid namespace the number is some other process'. */
    private Optional<Integer> fromRuntime(ContainerId id) {
        return blocks.nodes().process(id, pid -> {
            try {
                return Files.readString(paths.proc().resolve(pid + "/cgroup")).contains(id.id());
            } catch (IOException gone) {
                return false;
            }
        });
    }

    /** A process that the runtime has only just started still sees the host's root. */
    private boolean isOfAContainer(MountTable table) {
        var root = table.at("/");
        var hostRoot = host.host().flatMap(mounts -> mounts.table().at("/"));
        return root.isPresent()
                && hostRoot.filter(it -> it.device().equals(root.get().device())
                                && it.root().equals(root.get().root()))
                        .isEmpty();
    }

    private Place rootfs(Sought<Seen> seen) {
        if (seen instanceof Sought.Missed<Seen> missed) {
            return new Place.Untold(Optional.empty(), List.of(missed.reason()));
        }
        var table = ((Sought.Found<Seen>) seen).it().table();
        var steps = new ArrayList<String>();
        var disks = table.at("/").map(mount -> disks(mount, steps)).orElse(List.of());
        return new Place.Rootfs(disks, steps);
    }

    private Place volume(MountRef volume, Sought<Seen> seen) {
        if (seen instanceof Sought.Missed<Seen> missed) {
            return new Place.Untold(Optional.of(volume.volume()), List.of(missed.reason()));
        }
        var through = ((Sought.Found<Seen>) seen).it();
        var steps = new ArrayList<String>();
        var mount = mount(volume, through, steps);
        if (mount.isEmpty()) {
            steps.add("nothing is mounted at " + volume.path() + " in "
                    + through.table().file());
        }
        return new Place.Volume(
                volume.volume(), mount.map(on -> disks(on, steps)).orElse(List.of()), steps);
    }

    /** The volume's mount; a path below another mount is on that, but the root file system is no volume. */
    private static Optional<Mount> mount(MountRef volume, Seen seen, List<String> steps) {
        var table = seen.table();
        var path = HostTree.clean(volume.path());
        var exact = table.at(path);
        if (exact.isPresent()) {
            return exact;
        }
        // the runtime follows the links of the image before it mounts: /var/run is /run; what else is mounted there
        // may be the tenant's, whose server need not answer
        var isImage = table.at("/")
                .filter(top -> !FileSystems.mayNotAnswer(top.type()))
                .isPresent();
        var real = isImage ? seen.root().real(path, table::isMountPoint).orElse(path) : path;
        if (!real.equals(path)) {
            steps.add(path + " leads to " + real + " in the container");
        }
        return table.containing(real).filter(mount -> !mount.mountPoint().equals("/"));
    }

    private List<Disk> disks(Mount mount, List<String> steps) {
        steps.add("the mount " + mount);
        return host.backing(mount, steps).disks(steps);
    }
}
