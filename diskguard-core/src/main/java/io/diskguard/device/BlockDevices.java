/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.device;

import io.diskguard.model.DeviceId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** The host's block devices as sysfs shows them. */
record BlockDevices(Path sys) {
    /** The device of that number. */
    Optional<BlockDevice> byNumber(DeviceId number) {
        return at(sys.resolve("dev/block").resolve(number.toString()));
    }

    /** The device of that kernel name; a {@code /} in it stands as {@code !} in sysfs. */
    Optional<BlockDevice> byName(String name) {
        var entry = name.replace('/', '!');
        if (entry.isBlank() || entry.startsWith(".")) {
            return Optional.empty();
        }
        return at(sys.resolve("class/block").resolve(entry))
                .or(() -> at(sys.resolve("block").resolve(entry)));
    }

    /** The device-mapper device that calls itself so, as in {@code /dev/mapper/<name>}. */
    Optional<BlockDevice> byMapperName(String name) {
        return names("class/block").stream()
                .flatMap(entry -> byName(entry).stream())
                .filter(device -> device.mapperName().filter(name::equals).isPresent())
                .findFirst();
    }

    /** Whole disks, by name. */
    List<String> disks() {
        return names("block");
    }

    private List<String> names(String directory) {
        var names = new TreeSet<String>();
        try (var entries = Files.newDirectoryStream(sys.resolve(directory))) {
            entries.forEach(entry -> names.add(entry.getFileName().toString()));
        } catch (IOException | DirectoryIteratorException e) {
            return List.of();
        }
        return List.copyOf(names);
    }

    private Optional<BlockDevice> at(Path link) {
        try {
            var directory = link.toRealPath();
            return read(directory.resolve("dev"))
                    .flatMap(DeviceId::parse)
                    .map(number -> new BlockDevice(number, nameOf(directory), directory));
        } catch (IOException absent) {
            return Optional.empty();
        }
    }

    private static String nameOf(Path directory) {
        return read(directory.resolve("uevent"))
                .flatMap(text ->
                        text.lines().filter(line -> line.startsWith("DEVNAME=")).findFirst())
                .map(line -> line.substring("DEVNAME=".length()))
                .orElseGet(() -> directory.getFileName().toString().replace('!', '/'));
    }

    static Optional<String> read(Path file) {
        try {
            // a mount point may hold bytes that are no UTF-8; that costs its name only
            return Optional.of(new String(Files.readAllBytes(file), StandardCharsets.UTF_8).strip());
        } catch (IOException absent) {
            return Optional.empty();
        }
    }

    /** One of them; {@code directory} is its real directory below {@code sys/devices}. */
    record BlockDevice(DeviceId number, String name, Path directory) {
        boolean isPartition() {
            return Files.exists(directory.resolve("partition"));
        }

        /** The disk that a partition is on: sysfs nests the partition's directory in the disk's. */
        Optional<BlockDevice> disk() {
            var parent = directory.getParent();
            return read(parent.resolve("dev"))
                    .flatMap(DeviceId::parse)
                    .map(number -> new BlockDevice(number, nameOf(parent), parent));
        }

        Optional<String> mapperName() {
            return read(directory.resolve("dm/name"));
        }

        @Override
        public String toString() {
            return name + " (" + number + ")";
        }
    }
}
