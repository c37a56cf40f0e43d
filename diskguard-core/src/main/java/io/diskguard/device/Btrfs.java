/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.device;

import java.util.List;
import java.util.stream.Collectors;

/** The btrfs file systems that are mounted, as {@code sys/fs/btrfs/<uuid>/devices} shows them. */
record Btrfs(BlockDevices devices) {
    /**
     * All devices of the file system that a device belongs to; that one alone if sysfs does not show it.
     *
     * @param steps takes which they are
     */
    List<BlockDevice> of(BlockDevice member, List<String> steps) {
        var directory = devices.sys().resolve("fs/btrfs");
        for (var uuid : HostFiles.names(directory)) {
            var names = HostFiles.names(directory.resolve(uuid).resolve("devices"));
            if (names.contains(member.name().replace('/', '!'))) {
                var all = names.stream()
                        .flatMap(name -> devices.byName(name).stream())
                        .toList();
                if (all.size() > 1) {
                    steps.add("btrfs " + uuid + " is on " + all.size() + " devices: "
                            + all.stream().map(BlockDevice::toString).collect(Collectors.joining(", ")));
                }
                return all;
            }
        }
        steps.add(directory + " does not show this file system: it may have more devices");
        return List.of(member);
    }
}
