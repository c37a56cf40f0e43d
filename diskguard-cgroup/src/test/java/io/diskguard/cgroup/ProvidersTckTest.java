/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.cgroup;

import io.diskguard.cgroup.tree.TreeScanResolverFactory;
import io.diskguard.cgroup.v1.BlkioThrottleDriverFactory;
import io.diskguard.cgroup.v1.BlkioThrottleStatsFactory;
import io.diskguard.cgroup.v2.IoMaxDriverFactory;
import io.diskguard.cgroup.v2.IoStatFactory;
import io.diskguard.simulator.SimulatedNode;
import io.diskguard.spi.Provider;
import io.diskguard.testkit.ProviderTck;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Nested;

/** Every provider of this module. */
class ProvidersTckTest {
    @Nested
    class V1Driver extends OnV1 {
        @Override
        protected Class<? extends Provider<?>> providerClass() {
            return BlkioThrottleDriverFactory.class;
        }
    }

    @Nested
    class V1Stats extends OnV1 {
        @Override
        protected Class<? extends Provider<?>> providerClass() {
            return BlkioThrottleStatsFactory.class;
        }
    }

    @Nested
    class V2Driver extends OnV2 {
        @Override
        protected Class<? extends Provider<?>> providerClass() {
            return IoMaxDriverFactory.class;
        }
    }

    @Nested
    class V2Stats extends OnV2 {
        @Override
        protected Class<? extends Provider<?>> providerClass() {
            return IoStatFactory.class;
        }
    }

    @Nested
    class TreeScan extends OnV2 {
        @Override
        protected Class<? extends Provider<?>> providerClass() {
            return TreeScanResolverFactory.class;
        }
    }

    private abstract static class OnV1 extends ProviderTck {
        @Override
        protected SimulatedNode openHost() {
            var node = SimulatedNode.v1();
            for (var file : new String[] {
                "read_bps_device", "write_bps_device", "read_iops_device", "write_iops_device", "io_serviced"
            }) {
                write(mountPoint(node).resolve("blkio.throttle." + file), "");
            }
            write(mountPoint(node).resolve("blkio.throttle.io_service_bytes"), "Total 0\n");
            return node;
        }
    }

    private abstract static class OnV2 extends ProviderTck {
        @Override
        protected SimulatedNode openHost() {
            var node = SimulatedNode.v2();
            write(mountPoint(node).resolve("cgroup.controllers"), "cpu io memory\n");
            write(mountPoint(node).resolve("cgroup.subtree_control"), "cpu io memory\n");
            write(mountPoint(node).resolve("kubepods/io.max"), "");
            return node;
        }
    }

    private static Path mountPoint(SimulatedNode node) {
        return node.environment().paths().sys().resolve(node.cgroups().mountPoint());
    }

    private static void write(Path file, String content) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
