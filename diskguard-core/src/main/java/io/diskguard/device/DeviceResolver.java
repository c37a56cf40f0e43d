/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.device;

import io.diskguard.device.BlockDevices.BlockDevice;
import io.diskguard.device.DiskResolution.Found;
import io.diskguard.device.DiskResolution.Missing;
import io.diskguard.device.DiskResolution.NotApplicable;
import io.diskguard.device.MountTable.Mount;
import io.diskguard.model.DeviceId;
import io.diskguard.model.Disk;
import io.diskguard.spi.HostPaths;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds the disk that the kernel can limit: never a partition, which it refuses with ENODEV ({@code blkg_conf_open_bdev} in
 * {@code block/blk-cgroup.c}). Device mapper, md and loop devices have a queue of their own and are limited at that layer.
 * Reads the host anew at each call. Immutable; thread-safe.
 */
public final class DeviceResolver {
    private final HostPaths paths;
    private final BlockDevices devices;

    public DeviceResolver(HostPaths paths) {
        this.paths = paths;
        this.devices = new BlockDevices(paths.sys());
    }

    /**
     * The disk under a mount point of the host. A directory that is no mount point itself belongs to the mount that it is on.
     *
     * @param mountPoint an absolute path as the host names it
     */
    public DiskResolution ofMount(String mountPoint) {
        try {
            return findMount(mountPoint);
        } catch (InvalidPathException e) {
            return new Missing(mountPoint, "it is no path: " + e.getReason(), List.of());
        }
    }

    /**
     * Exactly the disk that is named: a partition is refused, not mapped to its disk.
     *
     * @param name a kernel name ({@code nvme0n1}), a path below {@code /dev} ({@code /dev/disk/by-id/…}), or {@code MAJ:MIN}
     */
    public DiskResolution ofDevice(String name) {
        try {
            var steps = new ArrayList<String>();
            var found = DeviceId.parse(name).isPresent()
                    ? devices.byNumber(DeviceId.parse(name).get())
                    : byNameOrPath(name, steps);
            return found.map(device -> exactly(name, device, steps))
                    .orElseGet(() -> new Missing(
                            name,
                            "no block device \"" + name + "\" in " + paths.sys() + " or " + paths.dev(),
                            devices.disks()));
        } catch (InvalidPathException e) {
            return new Missing(name, "it is no device name: " + e.getReason(), devices.disks());
        }
    }

    private DiskResolution findMount(String asked) {
        if (!asked.startsWith("/")) {
            return new Missing(asked, "a mount point is an absolute path", List.of());
        }
        var mounts = mountTable();
        if (mounts.isEmpty()) {
            return new Missing(asked, "no mounts could be read from " + paths.proc() + "/1/mountinfo", List.of());
        }
        var table = mounts.get();
        var path = asked.replaceAll("/+", "/").replaceAll("(?<=.)/$", "");
        var exact = table.at(path);
        if (exact.isPresent()) {
            return onMount(asked, exact.get(), List.of(path + " is a mount in " + table.file()));
        }
        var tree = hostTree(table);
        var real = tree.flatMap(host -> host.directory(path));
        if (real.isEmpty()) {
            var why = tree.isPresent()
                    ? "no mount and no directory of that name on the host"
                    : "no mount of that name, and the host's directories cannot be seen from here";
            return new Missing(asked, why + " (" + table.file() + ")", table.seen());
        }
        var steps = new ArrayList<String>();
        if (!real.get().equals(path)) {
            steps.add(path + " leads to " + real.get());
        }
        var mount = table.containing(real.get());
        if (mount.isEmpty()) {
            return new Missing(asked, "no mount contains " + real.get() + " (" + table.file() + ")", table.seen());
        }
        if (mount.get().mountPoint().equals("/")) {
            // What belongs there may only not be mounted (yet): the root's disk is another one
            return new Missing(
                    asked,
                    "it is a directory on the root file system, no mount; name / if its disk is meant (" + table.file()
                            + ")",
                    table.seen());
        }
        steps.add(real.get()
                + (mount.get().mountPoint().equals(real.get()) ? " is the mount " : " is a directory on the mount ")
                + mount.get());
        return onMount(asked, mount.get(), steps);
    }

    private Optional<MountTable> mountTable() {
        return mountTable("1").or(() -> mountTable("self"));
    }

    private Optional<MountTable> mountTable(String process) {
        var file = paths.proc().resolve(process).resolve("mountinfo");
        return BlockDevices.read(file)
                .map(text -> MountTable.parse(file.toString(), text))
                .filter(table -> !table.mounts().isEmpty());
    }

    /** The host's root is seen through process 1 or, where its link is not readable, if this process has the same mounts. */
    private Optional<HostTree> hostTree(MountTable table) {
        var root = paths.proc().resolve("1/root");
        if (Files.isDirectory(root) && Files.isExecutable(root)) {
            return Optional.of(new HostTree(root));
        }
        var own = mountTable("self").filter(mine -> mine.mounts().equals(table.mounts()));
        return own.map(same -> new HostTree(paths.proc().getFileSystem().getPath("/")));
    }

    private DiskResolution onMount(String asked, Mount mount, List<String> how) {
        var steps = new ArrayList<>(how);
        if (mount.device().major() != 0) {
            steps.add("its file system is on " + mount.device());
            return devices.byNumber(mount.device())
                    .map(device -> whole(asked, device, steps))
                    .orElseGet(() -> new NotApplicable(
                            asked, mount + " is on " + mount.device() + ", which " + paths.sys() + " does not show"));
        }
        // the number is anonymous (btrfs, overlay, tmpfs, NFS): only the mount's source can name a disk
        var source = mount.source().startsWith("/dev/")
                ? byNameOrPath(mount.source(), steps)
                : Optional.<BlockDevice>empty();
        return source.map(device -> {
                    steps.add(mount.fsType() + " has an anonymous device number, its source is " + mount.source());
                    return whole(asked, device, steps);
                })
                .orElseGet(
                        () -> new NotApplicable(asked, mount + " has no block device: the kernel cannot limit its IO"));
    }

    private Optional<BlockDevice> byNameOrPath(String asked, List<String> steps) {
        var name = asked.startsWith("/dev/") ? asked.substring("/dev/".length()) : asked;
        if (name.isEmpty() || name.startsWith("/")) {
            return Optional.empty();
        }
        var node = paths.dev().resolve(name);
        if (Files.isSymbolicLink(node)) {
            var target = targetName(node);
            target.ifPresent(to -> steps.add(node + " leads to " + to));
            return target.flatMap(devices::byName);
        }
        return name.startsWith("mapper/")
                ? devices.byMapperName(name.substring("mapper/".length()))
                : devices.byName(name);
    }

    /** The kernel name that a link leads to, also where this process does not see the node itself. */
    private static Optional<String> targetName(Path link) {
        try {
            var target = Files.exists(link) ? link.toRealPath() : Files.readSymbolicLink(link);
            return Optional.ofNullable(target.getFileName()).map(Path::toString);
        } catch (IOException vanished) {
            return Optional.empty();
        }
    }

    private DiskResolution whole(String asked, BlockDevice device, List<String> steps) {
        if (!device.isPartition()) {
            return found(asked, device, steps);
        }
        var disk = device.disk();
        if (disk.isEmpty()) {
            return new NotApplicable(asked, device + " is a partition whose disk " + paths.sys() + " does not show");
        }
        steps.add(device + " is a partition, the kernel limits its disk " + disk.get());
        return found(asked, disk.get(), steps);
    }

    private static DiskResolution exactly(String asked, BlockDevice device, List<String> steps) {
        if (device.isPartition()) {
            var disk = device.disk().map(BlockDevice::name).orElse("that it is on");
            return new NotApplicable(
                    asked,
                    device + " is a partition, which the kernel refuses to limit (ENODEV): name the disk " + disk);
        }
        return found(asked, device, steps);
    }

    private static DiskResolution found(String asked, BlockDevice device, List<String> steps) {
        var all = new ArrayList<>(steps);
        all.add(describe(device));
        return new Found(asked, List.of(new Disk(device.number(), device.name())), all);
    }

    private static String describe(BlockDevice device) {
        var name = device.name();
        if (name.startsWith("loop")) {
            return device + " is a loop device: limited at its own queue, not at the disk of its file";
        }
        if (name.startsWith("dm-")) {
            var called = device.mapperName().map(mapper -> ", called " + mapper).orElse("");
            return device + " is a device mapper device" + called
                    + ": limited at its own queue, not at the disks below";
        }
        if (name.startsWith("md")) {
            return device + " is an md array: limited at its own queue, not at the disks below";
        }
        return device + " is a whole disk";
    }
}
