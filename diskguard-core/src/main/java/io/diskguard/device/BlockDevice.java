/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.device;

import io.diskguard.model.DeviceId;
import io.diskguard.model.Disk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A block device as sysfs shows it. Immutable; its attributes are read when asked for.
 *
 * @param name kernel name; a {@code /} in it stands as {@code !} in sysfs ({@code cciss/c0d0})
 * @param directory its real directory below {@code sys/devices}
 */
record BlockDevice(DeviceId number, String name, Path directory) {
    /** The device that a link of sysfs leads to; empty if there is none, or one without a number (a hidden NVMe path). */
    static Optional<BlockDevice> at(Path link) {
        try {
            return in(link.toRealPath());
        } catch (IOException absent) {
            return Optional.empty();
        }
    }

    private static Optional<BlockDevice> in(Path directory) {
        return HostFiles.read(directory.resolve("dev"))
                .flatMap(DeviceId::parse)
                .map(number -> new BlockDevice(
                        number, directory.getFileName().toString().replace('!', '/'), directory));
    }

    boolean isPartition() {
        return Files.exists(directory.resolve("partition"));
    }

    /** The disk that a partition is on: sysfs nests the partition's directory in the disk's. */
    Optional<BlockDevice> disk() {
        return Optional.ofNullable(directory.getParent()).flatMap(BlockDevice::in);
    }

    DeviceKind kind() {
        return DeviceKind.ofName(name);
    }

    /** The content of one of its files, such as {@code md/level}; empty if it has none. */
    Optional<String> attribute(String file) {
        return HostFiles.read(directory.resolve(file)).filter(text -> !text.isEmpty());
    }

    /** The device mapper's name of it, as in {@code /dev/mapper/<name>}. */
    Optional<String> mapperName() {
        return attribute("dm/name");
    }

    /** Whose prefix tells who made it: {@code LVM-}, {@code CRYPT-}, {@code mpath-}. */
    Optional<String> mapperUuid() {
        return attribute("dm/uuid");
    }

    boolean isMultipath() {
        return mapperUuid().filter(uuid -> uuid.startsWith("mpath-")).isPresent();
    }

    /** The devices that it is made of. */
    List<BlockDevice> slaves() {
        return linked("slaves");
    }

    /** The devices that are made of it. */
    List<BlockDevice> holders() {
        return linked("holders");
    }

    private List<BlockDevice> linked(String which) {
        var links = directory.resolve(which);
        return HostFiles.names(links).stream()
                .flatMap(name -> at(links.resolve(name)).stream())
                .toList();
    }

    Disk asDisk() {
        return new Disk(number, name);
    }

    @Override
    public String toString() {
        return name + " (" + number + ")";
    }
}
