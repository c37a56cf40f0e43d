/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.node;

import static io.diskguard.agent.node.LiveNode.APP;
import static io.diskguard.agent.node.LiveNode.DATA;
import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.model.CgroupPath;
import io.diskguard.model.Pod;
import io.diskguard.simulator.SimulatedNode;
import io.diskguard.testkit.Pods;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole agent while its runtime or its configuration says nothing that can be used: what was so, holds. */
class RuntimeAndFileFaultsTest {
    @TempDir
    Path directory;

    private final SimulatedNode host = LiveHost.of(true);

    @AfterEach
    void close() {
        host.close();
    }

    /** What it answers to a call that fails, hangs or is answered with nonsense: that a container is unknown. */
    @Test
    void theRuntime() throws Exception {
        var elsewhere = new CgroupPath("/machine/" + APP.id());
        try (var node = new LiveNode(directory, host, Map.of(), Optional.empty(), Optional.empty())) {
            node.run(Pods.pod("db").container("app").build(), web(300));
            host.cgroups().rmdirRecursive(host.cgroupOf(APP).orElseThrow());
            host.cgroups().makeAll(elsewhere);
            node.knows("containerd", "", APP, elsewhere).minutes(1);
            assertThat(node.limit(elsewhere, DATA)).contains("wiops=500");

            node.silence(true).run(web(200)).minutes(5);

            assertThat(node.limit(elsewhere, DATA))
                    .as("what is unknown is not gone")
                    .contains("wiops=500");
            assertThat(node.limit(Pods.idOf("web", "app"), DATA))
                    .as("of others")
                    .contains("wiops=200");
            assertThat(node.healthy()).isEqualTo("ok\n");

            node.silence(false).set("container_iops_limit", 400);
            node.minutes(2);
            assertThat(node.limit(elsewhere, DATA)).contains("wiops=400");
        }
    }

    @Test
    void theConfigurationFile() throws Exception {
        var file = Files.writeString(directory.resolve("config.yaml"), "container_iops_limit: 300\n");
        try (var node = new LiveNode(directory, host, Map.of(), Optional.of(file), Optional.empty())) {
            node.runApp();
            for (var broken :
                    List.of("", "\0\1\2", "[".repeat(100_000), "container_iops_limit: -1", "<html>", "a: &a [*a]")) {
                Files.writeString(file, broken);
                node.reload(Duration.ofMillis(20));
                node.minutes(2);
                assertThat(node.limit()).as(broken).contains("wiops=300");
                assertThat(node.ready()).contains("\"ready\" : false", "config.yaml");
                assertThat(node.healthy()).isEqualTo("ok\n");

                Files.writeString(file, "container_iops_limit: 300\n# " + broken.length() + "\n");
                node.reload(Duration.ofMillis(20));
                assertThat(node.ready()).contains("\"ready\" : true");
            }
        }
    }

    private static Pod web(int limit) {
        return Pods.pod("web")
                .container("app")
                .annotation("iops-limit/iops", String.valueOf(limit))
                .build();
    }
}
