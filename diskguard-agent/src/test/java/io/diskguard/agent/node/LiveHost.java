/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.node;

import static io.diskguard.agent.node.LiveNode.DATA;
import static io.diskguard.agent.node.LiveNode.LOGS;

import io.diskguard.simulator.SimulatedDisk;
import io.diskguard.simulator.SimulatedMount;
import io.diskguard.simulator.SimulatedNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;

/** The host of a {@link LiveNode}: two disks, each with a mount. */
final class LiveHost {
    private LiveHost() {}

    static SimulatedNode of(boolean v2) {
        var node = v2 ? SimulatedNode.v2() : SimulatedNode.v1();
        node.addDisk(SimulatedDisk.nvme("nvme0n1", DATA, "S1"));
        node.addDisk(SimulatedDisk.nvme("sdb", LOGS, "S2"));
        node.mount(SimulatedMount.of("/data", DATA, "ext4", "/dev/nvme0n1"));
        node.mount(SimulatedMount.of("/logs", LOGS, "ext4", "/dev/sdb"));
        if (v2) {
            controllers(node);
        }
        return node;
    }

    /** As a file too: what reads the host's files does not see the simulated kernel. */
    private static void controllers(SimulatedNode node) {
        var files = node.environment().paths().proc().getFileSystem();
        var mount = files.getPath(node.cgroups().mountPoint());
        try {
            Files.writeString(Files.createDirectories(mount).resolve("cgroup.controllers"), "io\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
