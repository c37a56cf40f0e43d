/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.device;

import java.util.List;
import java.util.Optional;

/** The btrfs file systems that are mounted, as {@code sys/fs/btrfs/<uuid>/devices} shows them. */
record Btrfs(BlockDevices devices) {
    /** All devices of the file system that a device belongs to; empty if sysfs does not show it. */
    Optional<FileSystem> of(BlockDevice member) {
        var directory = devices.sys().resolve("fs/btrfs");
        for (var uuid : HostFiles.names(directory)) {
            var names = HostFiles.names(directory.resolve(uuid).resolve("devices"));
            if (names.contains(member.name().replace('/', '!'))) {
                return Optional.of(new FileSystem(uuid, members(names)));
            }
        }
        return Optional.empty();
    }

    private List<BlockDevice> members(List<String> names) {
        return names.stream().flatMap(name -> devices.byName(name).stream()).toList();
    }

    record FileSystem(String uuid, List<BlockDevice> members) {}
}
