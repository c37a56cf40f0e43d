/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.simulator;

import io.diskguard.model.DeviceId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** {@code /dev} as devtmpfs and udev make it: a node and a link by number for each device, and the links of disks and partitions. */
record SimulatedDev(Path root) {
    void add(String name, DeviceId id) throws IOException {
        FileTree.write(root.resolve(name), "");
        FileTree.link(byNumber(id), root.resolve(name));
    }

    void remove(String name, DeviceId id) throws IOException {
        Files.deleteIfExists(root.resolve(name));
        Files.deleteIfExists(byNumber(id));
    }

    void link(SimulatedDisk disk) throws IOException {
        for (var link : disk.links()) {
            FileTree.link(root.resolve(link), root.resolve(disk.name()));
            var number = 1;
            for (var partition : disk.partitions().keySet()) {
                FileTree.link(root.resolve(link + "-part" + number++), root.resolve(partition));
            }
        }
    }

    void unlink(SimulatedDisk disk) throws IOException {
        for (var link : disk.links()) {
            Files.deleteIfExists(root.resolve(link));
            for (var number = 1; number <= disk.partitions().size(); number++) {
                Files.deleteIfExists(root.resolve(link + "-part" + number));
            }
        }
    }

    private Path byNumber(DeviceId id) {
        return root.resolve("block").resolve(id.toString());
    }
}
