/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.e2e.scenarios.disks;

import io.diskguard.e2e.scenarios.machine.Machine;
import io.diskguard.model.DeviceId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** What sysfs says of a device, read without the code that is tested. */
final class Layers {
    private Layers() {}

    /** The number of the device of that node. */
    static DeviceId number(Path node) {
        return read(Machine.paths().sys().resolve("class/block/" + node.getFileName()));
    }

    /** The devices that it is made of, down to the last; a partition stands for its disk. */
    static List<DeviceId> below(DeviceId device) {
        var found = new ArrayList<DeviceId>();
        try (var entries = Files.newDirectoryStream(directory(device).resolve("slaves"))) {
            for (var entry : entries) {
                var real = entry.toRealPath();
                var disk = read(Files.exists(real.resolve("partition")) ? real.getParent() : real);
                found.add(disk);
                found.addAll(below(disk));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found;
    }

    /** A line that the device has in a file of its directory. */
    static String attribute(DeviceId device, String file) throws IOException {
        return Files.readString(directory(device).resolve(file)).strip();
    }

    static boolean isPartition(Path node) {
        return Files.exists(Machine.paths()
                .sys()
                .resolve("class/block")
                .resolve(node.getFileName())
                .resolve("partition"));
    }

    /** The hidden disks behind a head of NVMe's own multipath: {@code nvme0c1n1} behind {@code nvme0n1}. */
    static List<String> paths(DeviceId head) throws IOException {
        var pattern = Pattern.compile(Machine.name(head).replaceFirst("n(\\d+)$", "c\\\\d+n$1"));
        try (var all = Files.list(Machine.paths().sys().resolve("block"))) {
            return all.map(entry -> entry.getFileName().toString())
                    .filter(pattern.asMatchPredicate())
                    .toList();
        }
    }

    private static Path directory(DeviceId device) {
        return Machine.paths().sys().resolve("dev/block/" + device);
    }

    private static DeviceId read(Path directory) {
        try {
            var parts = Files.readString(directory.resolve("dev")).strip().split(":");
            return new DeviceId(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
