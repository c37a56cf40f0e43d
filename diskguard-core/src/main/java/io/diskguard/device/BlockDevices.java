/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.device;

import io.diskguard.model.DeviceId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The host's block devices as sysfs shows them. */
record BlockDevices(Path sys) {
    private static final Pattern NVME_PATH = Pattern.compile("(nvme\\d+)c\\d+(n\\d+)");

    boolean exists(DeviceId number) {
        return Files.exists(link(number));
    }

    Optional<BlockDevice> byNumber(DeviceId number) {
        return BlockDevice.at(link(number));
    }

    private Path link(DeviceId number) {
        return sys.resolve("dev/block").resolve(number.toString());
    }

    /** The device of that kernel name. */
    Optional<BlockDevice> byName(String name) {
        var entry = name.replace('/', '!');
        if (entry.isBlank() || entry.startsWith(".")) {
            return Optional.empty();
        }
        return BlockDevice.at(sys.resolve("class/block").resolve(entry))
                .or(() -> BlockDevice.at(sys.resolve("block").resolve(entry)));
    }

    /** The device-mapper device that calls itself so, as in {@code /dev/mapper/<name>}. */
    Optional<BlockDevice> byMapperName(String name) {
        return disks().stream()
                .filter(entry -> DeviceKind.ofName(entry) == DeviceKind.MAPPER)
                .flatMap(entry -> byName(entry).stream())
                .filter(device -> device.mapperName().filter(name::equals).isPresent())
                .findFirst();
    }

    /**
     * The head {@code nvmeXnZ} of an NVMe path {@code nvmeXcYnZ}: with native multipath the paths are hidden, IO is
     * submitted to the head ({@code drivers/nvme/host/multipath.c}).
     */
    Optional<BlockDevice> headOf(String path) {
        var name = NVME_PATH.matcher(path);
        return name.matches() && Files.exists(sys.resolve("block").resolve(path))
                ? byName(name.group(1) + name.group(2))
                : Optional.empty();
    }

    /** Kernel names of all that is no partition, sorted. */
    List<String> disks() {
        return HostFiles.names(sys.resolve("block")).stream()
                .map(entry -> entry.replace('!', '/'))
                .toList();
    }
}
