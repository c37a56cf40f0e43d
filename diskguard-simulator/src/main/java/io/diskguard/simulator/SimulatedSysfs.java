/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.simulator;

import io.diskguard.model.DeviceId;
import io.diskguard.spi.HostPaths;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Lays a disk out as sysfs does: one directory under {@code devices}, links to it from {@code block} and {@code dev/block}. */
final class SimulatedSysfs {
    private final HostPaths paths;

    SimulatedSysfs(HostPaths paths) {
        this.paths = paths;
    }

    void add(SimulatedDisk disk) throws IOException {
        var home = paths.sys()
                .resolve("devices")
                .resolve(disk.virtual() ? "virtual/block" : "pci0000:00/block")
                .resolve(disk.name());
        device(home, disk.name(), disk.id());
        Files.createDirectories(home.resolve("queue"));
        Files.createDirectories(home.resolve("holders"));
        Files.createDirectories(home.resolve("slaves"));
        for (var file : disk.files().entrySet()) {
            write(home.resolve(file.getKey()), file.getValue());
        }
        link(paths.sys().resolve("block").resolve(disk.name()), home);
        var number = 1;
        for (var partition : disk.partitions().entrySet()) {
            var at = home.resolve(partition.getKey());
            device(at, partition.getKey(), partition.getValue());
            Files.createDirectories(at.resolve("holders"));
            write(at.resolve("partition"), Integer.toString(number++));
        }
        for (var slave : disk.slaves()) {
            var at = find(slave);
            link(home.resolve("slaves").resolve(slave), at);
            link(at.resolve("holders").resolve(disk.name()), home);
        }
        if (disk.files().containsKey("dm/name")) {
            link(
                    paths.dev().resolve("mapper").resolve(disk.files().get("dm/name")),
                    paths.dev().resolve(disk.name()));
        }
    }

    private void device(Path home, String name, DeviceId id) throws IOException {
        write(home.resolve("dev"), id.toString());
        write(home.resolve("size"), "20971520");
        write(home.resolve("uevent"), "MAJOR=" + id.major() + "\nMINOR=" + id.minor() + "\nDEVNAME=" + name);
        link(paths.sys().resolve("dev/block").resolve(id.toString()), home);
        link(paths.sys().resolve("class/block").resolve(name), home);
        write(paths.dev().resolve(name), "");
    }

    private Path find(String name) throws IOException {
        return paths.sys().resolve("class/block").resolve(name).toRealPath();
    }

    private static void link(Path from, Path to) throws IOException {
        Files.createDirectories(from.getParent());
        Files.createSymbolicLink(from, from.getParent().relativize(to));
    }

    private static void write(Path file, String content) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, content.isEmpty() ? "" : content + "\n");
    }
}
