/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.diskguard.config.ConfigLoader;
import io.diskguard.config.ConfigResult;
import io.diskguard.config.EnvironmentConfigSource;
import io.diskguard.config.GuardConfig;
import io.diskguard.simulator.SimulatedNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodePodsTest {
    private static final String KUBECONFIG = """
            apiVersion: v1
            kind: Config
            current-context: a
            clusters: [{name: a, cluster: {server: "https://127.0.0.1:1"}}]
            contexts: [{name: a, context: {cluster: a, user: a}}]
            users: [{name: a, user: {token: t}}]
            """;

    @TempDir
    private Path directory;

    private final SimulatedNode node = SimulatedNode.v1();

    @AfterEach
    void close() {
        node.close();
    }

    @Test
    void whereNobodySaysWhichPodsThereAreEveryWayToSayItIsNamed() {
        assertThatThrownBy(() -> pods(Map.of()))
                .isInstanceOf(AgentException.class)
                .hasMessageContaining("node_name")
                .hasMessageContaining("container_runtime: docker")
                .hasMessageContaining("--pods-dir");
    }

    @Test
    void aNodeNameOutsideOfAnyClusterNeedsAKubeconfig() {
        assertThatThrownBy(() -> pods(Map.of("NODE_NAME", "node-1")))
                .isInstanceOf(AgentException.class)
                .hasMessageContaining("node-1")
                .hasMessageContaining("kubeconfig_path is not set");
    }

    @Test
    void aKubeconfigThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> pods(Map.of("NODE_NAME", "node-1", "KUBECONFIG_PATH", "/none/config")))
                .isInstanceOf(AgentException.class)
                .hasMessageContaining("/none/config");
    }

    @Test
    void anApiServerThatIsAwayIsSaidToWhoeverWaitsForIt() throws Exception {
        var file = Files.writeString(directory.resolve("config"), KUBECONFIG);
        var stop = new StopSignal();
        stop.request();

        try (var pods = pods(Map.of("NODE_NAME", "node-1", "KUBECONFIG_PATH", file.toString()))) {
            assertThat(pods.what()).contains("node-1").contains("127.0.0.1:1");
            assertThatThrownBy(() -> pods.await(node.environment().ticker(), stop))
                    .isInstanceOf(AgentException.class)
                    .hasMessageContaining("are not known: ");
        }
    }

    @Test
    void theKubeletIsAskedWhereTheConfigurationSaysSo() throws Exception {
        var file = Files.writeString(directory.resolve("config"), KUBECONFIG);
        var stop = new StopSignal();
        stop.request();

        try (var pods = pods(Map.of(
                "NODE_NAME", "node-1",
                "KUBECONFIG_PATH", file.toString(),
                "POD_SOURCE", "kubelet",
                "KUBELET_HOST", "127.0.0.1",
                "KUBELET_PORT", "1"))) {
            assertThat(pods.what()).isEqualTo("the pods of node node-1, told by the kubelet at 127.0.0.1:1");
            assertThatThrownBy(() -> pods.await(node.environment().ticker(), stop))
                    .isInstanceOf(AgentException.class)
                    .hasMessageContaining("kubelet");
        }
    }

    @Test
    void podsOfAMissingDirectoryAreNotWaitedFor() throws Exception {
        try (var pods = NodePods.of(
                node.environment(),
                GuardConfig.defaults(),
                node.cgroups(),
                Optional.of(directory.resolve("none")),
                NodePods.Use.LOOK)) {
            assertThatThrownBy(() -> pods.await(node.environment().ticker(), new StopSignal()))
                    .isInstanceOf(AgentException.class)
                    .hasMessageContaining("none");
        }
    }

    private NodePods pods(Map<String, String> variables) throws AgentException {
        var result = ConfigLoader.load(List.of(new EnvironmentConfigSource(variables)));
        var config = ((ConfigResult.Valid) result).config();
        return NodePods.of(node.environment(), config, node.cgroups(), Optional.empty(), NodePods.Use.LOOK);
    }
}
