/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.simulator;

import static io.diskguard.simulator.FileTree.delete;
import static io.diskguard.simulator.FileTree.link;
import static io.diskguard.simulator.FileTree.write;

import io.diskguard.model.DeviceId;
import io.diskguard.spi.HostPaths;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Lays disks out as sysfs does: one directory under {@code devices}, links to it from {@code block}, {@code class/block}
 * and {@code dev/block}. Guarded by the node's lock.
 */
final class SimulatedSysfs {
    private final HostPaths paths;
    private final SimulatedDev dev;
    private final Map<String, SimulatedDisk> disks = new TreeMap<>();

    SimulatedSysfs(HostPaths paths) {
        this.paths = paths;
        this.dev = new SimulatedDev(paths.dev());
    }

    /** Every disk that is plugged in, by kernel name. */
    Map<String, SimulatedDisk> disks() {
        return disks;
    }

    /** The number of a disk or partition by its kernel name; empty if there is none. */
    Optional<DeviceId> number(String name) {
        return disks.values().stream()
                .flatMap(disk ->
                        Optional.ofNullable(
                                disk.name().equals(name)
                                        ? disk.id()
                                        : disk.partitions().get(name))
                                .stream())
                .findFirst();
    }

    void add(SimulatedDisk disk) {
        try {
            layOut(disk);
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot lay out " + disk.name(), failed);
        }
        disks.put(disk.name(), disk);
    }

    private void layOut(SimulatedDisk disk) throws IOException {
        var home = home(disk);
        device(home, disk.name(), disk.id(), "disk");
        link(paths.sys().resolve("block").resolve(disk.name()), home);
        Files.createDirectories(home.resolve("holders"));
        Files.createDirectories(home.resolve("slaves"));
        for (var file : disk.files().entrySet()) {
            write(home.resolve(file.getKey()), file.getValue());
        }
        var number = 1;
        for (var partition : disk.partitions().entrySet()) {
            var at = home.resolve(partition.getKey());
            device(at, partition.getKey(), partition.getValue(), "partition");
            Files.createDirectories(at.resolve("holders"));
            write(at.resolve("size"), "8388608");
            write(at.resolve("ro"), "0");
            write(at.resolve("partition"), Integer.toString(number));
            number++;
        }
        if (disk.showsSlaves()) {
            for (var slave : disk.slaves()) {
                var at = paths.sys().resolve("class/block").resolve(slave).toRealPath();
                link(home.resolve("slaves").resolve(slave), at);
                link(at.resolve("holders").resolve(disk.name()), home);
            }
        }
        for (var path : disk.hiddenPaths()) {
            hidden(path, disk.files());
        }
        dev.link(disk);
    }

    private void device(Path home, String name, DeviceId id, String type) throws IOException {
        write(home.resolve("dev"), id.toString());
        write(
                home.resolve("uevent"),
                "MAJOR=" + id.major() + "\nMINOR=" + id.minor() + "\nDEVNAME=" + name + "\nDEVTYPE=" + type);
        link(paths.sys().resolve("dev/block").resolve(id.toString()), home);
        link(paths.sys().resolve("class/block").resolve(name), home);
        link(home.resolve("subsystem"), paths.sys().resolve("class/block"));
        dev.add(name, id);
    }

    /** A gendisk with {@code GENHD_FL_HIDDEN}: in {@code block}, but without number and node. */
    private void hidden(String name, Map<String, String> files) throws IOException {
        var home = hiddenHome(name);
        write(home.resolve("hidden"), "1");
        write(home.resolve("uevent"), "DEVTYPE=disk");
        Files.createDirectories(home.resolve("holders"));
        Files.createDirectories(home.resolve("slaves"));
        link(home.resolve("subsystem"), paths.sys().resolve("class/block"));
        for (var file : List.of("size", "wwid", "removable", "ro", "queue/rotational")) {
            if (files.containsKey(file)) {
                write(home.resolve(file), files.get(file));
            }
        }
        link(paths.sys().resolve("block").resolve(name), home);
        link(paths.sys().resolve("class/block").resolve(name), home);
    }

    /** Takes the disk away; false if it is not there. */
    boolean remove(String name) {
        var disk = disks.remove(name);
        if (disk == null) {
            return false;
        }
        try {
            for (var slave : disk.slaves()) {
                var below = paths.sys().resolve("class/block").resolve(slave);
                if (Files.exists(below)) {
                    Files.deleteIfExists(below.toRealPath().resolve("holders").resolve(name));
                }
            }
            unlink(name, disk.id());
            for (var partition : disk.partitions().entrySet()) {
                unlink(partition.getKey(), partition.getValue());
            }
            for (var path : disk.hiddenPaths()) {
                Files.deleteIfExists(paths.sys().resolve("block").resolve(path));
                Files.deleteIfExists(paths.sys().resolve("class/block").resolve(path));
                delete(hiddenHome(path));
            }
            dev.unlink(disk);
            Files.deleteIfExists(paths.sys().resolve("block").resolve(name));
            delete(home(disk));
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot take away " + name, failed);
        }
        return true;
    }

    /** What was done on each disk and partition. */
    void writeStat(Map<DeviceId, DiskWork> done) {
        try {
            for (var disk : disks.values()) {
                var home = home(disk);
                write(
                        home.resolve("stat"),
                        done.getOrDefault(disk.id(), DiskWork.NONE).columns());
                for (var partition : disk.partitions().entrySet()) {
                    var columns = done.getOrDefault(partition.getValue(), DiskWork.NONE)
                            .columns();
                    write(home.resolve(partition.getKey()).resolve("stat"), columns);
                }
            }
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot write what was done on the disks", failed);
        }
    }

    private void unlink(String name, DeviceId id) throws IOException {
        Files.deleteIfExists(paths.sys().resolve("dev/block").resolve(id.toString()));
        Files.deleteIfExists(paths.sys().resolve("class/block").resolve(name));
        dev.remove(name, id);
    }

    /** The members of a btrfs file system, as {@code fs/btrfs/<uuid>/devices} shows them. */
    void addBtrfs(String uuid, List<String> members) {
        try {
            for (var member : members) {
                link(
                        paths.sys()
                                .resolve("fs/btrfs")
                                .resolve(uuid)
                                .resolve("devices")
                                .resolve(member),
                        paths.sys().resolve("class/block").resolve(member).toRealPath());
            }
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot lay out btrfs " + uuid, failed);
        }
    }

    private Path home(SimulatedDisk disk) {
        return paths.sys().resolve("devices").resolve(disk.home()).resolve(disk.name());
    }

    /** {@code nvme0c1n1} is on the controller {@code nvme1}. */
    private Path hiddenHome(String name) {
        var controller = name.replaceFirst("nvme\\d+c(\\d+)n\\d+", "nvme$1");
        return paths.sys()
                .resolve("devices/pci0000:00/nvme")
                .resolve(controller)
                .resolve(name);
    }
}
