/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.node;

import static io.diskguard.agent.node.LiveNode.DATA;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.diskguard.agent.live.SelfSigned;
import io.diskguard.agent.node.Border.Asked;
import io.diskguard.model.IoLimit;
import io.diskguard.model.Pod;
import io.diskguard.reconcile.DiskGuardListener;
import io.diskguard.simulator.SimulatedNode;
import io.diskguard.spi.PodCgroups;
import io.diskguard.spi.PodSource;
import io.diskguard.testkit.Pods;
import io.diskguard.testkit.wire.Fault;
import io.diskguard.testkit.wire.FaultyServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/**
 * The whole agent while each of those that it asks for its pods in turn fails, hangs, and talks nonsense, and is well
 * again: no limit is ever wrong, and it is said what is the matter.
 */
class NodeFaultsTest {
    private static final List<Fault> COURSE =
            List.of(Fault.RESETS, Fault.UNAVAILABLE, Fault.HANGS, Fault.WRONG_KIND, Fault.EMPTY_OBJECT);
    private static final int LOOKS = 10_000;

    @TempDir
    Path directory;

    private final SimulatedNode host = LiveHost.of(true);
    private final Border border = new Border(host::pidOf);
    private final List<String> late = new ArrayList<>();
    private int changes;

    /** Every byte would be told else. */
    @BeforeAll
    static void hush() {
        ((Logger) LoggerFactory.getLogger("com.github.dockerjava")).setLevel(Level.INFO);
    }

    @AfterEach
    void close() {
        host.close();
    }

    @Test
    void theApiServer() throws Exception {
        try (var server = FaultyServer.onLoopback(border, Optional.empty())) {
            var keys = cluster(server);
            begin();
            try (var node = agent("first", keys, this::ofCluster)) {
                course(node, server, Asked.LIST, COURSE);
                assertThat(server.unforeseen()).isEmpty();
            }
            theNextAgentFindsNonsense(server, keys, this::ofCluster, Asked.LIST);
        }
    }

    @Test
    void theKubelet() throws Exception {
        var tls = SelfSigned.context(directory.resolve("kubelet.p12"));
        try (var server = FaultyServer.onLoopback(border, Optional.of(tls))) {
            var keys = cluster(server);
            keys.putAll(Map.of(
                    "pod_source",
                    "kubelet",
                    "kubelet_host",
                    "localhost",
                    "kubelet_port",
                    server.port(),
                    "kubelet_skip_verify",
                    true,
                    "check_interval",
                    1));
            begin();
            try (var node = agent("first", keys, this::ofCluster)) {
                course(node, server, Asked.KUBELET_PODS, COURSE);
                assertThat(server.unforeseen()).isEmpty();
            }
            theNextAgentFindsNonsense(server, keys, this::ofCluster, Asked.KUBELET_PODS);
        }
    }

    @Test
    void docker() throws Exception {
        var socket = directory.resolve("docker.sock");
        try (var server = FaultyServer.at(socket, border)) {
            var keys = new HashMap<String, Object>();
            keys.put("container_runtime", "docker");
            var environment = host.environment().withSettings(Map.of("container_socket_path", socket.toString()));
            begin();
            Agent.PodsOf pods = node -> {
                var docker = new PodsOfDocker(environment);
                return of(docker.pods(), docker.cgroups(), Optional::empty, docker, () -> {});
            };
            try (var node = agent("first", keys, pods)) {
                course(node, server, Asked.DOCKER_LIST, List.of(Fault.RESETS, Fault.HANGS, Fault.WRONG_KIND));
                course(node, server, Asked.DOCKER_INSPECT, List.of(Fault.UNAVAILABLE, Fault.EMPTY_OBJECT));
                assertThat(server.unforeseen()).isEmpty();
            }
            theNextAgentFindsNonsense(server, keys, pods, Asked.DOCKER_LIST);
        }
    }

    private void course(LiveNode node, FaultyServer<Asked> server, Asked operation, List<Fault> faults) {
        until(node, "the first limit", () -> limits(node, 300 + changes));
        for (var fault : faults) {
            var asked = server.asked(operation);
            server.fault(operation, fault);
            until(node, fault + " of " + operation, () -> {
                Border.tellWatchers(server);
                return server.asked(operation) > asked && (fault.isSilence() || says(node));
            });
            node.tamper(IoLimit.UNLIMITED);
            node.minutes(5);
            assertThat(limits(node, 300 + changes))
                    .as("limits after " + fault + " of " + operation)
                    .isTrue();
            assertThat(node.healthy()).as(fault.name()).isEqualTo("ok\n");

            changes++;
            begin(other(300 + changes));
            begin(Pods.pod("late-" + changes).container("app").build());
            late.add("late-" + changes);
            server.mend();
            server.cut();
            until(node, "recovery from " + fault + " of " + operation, () -> {
                server.push(Asked.WATCH, Border.expired());
                return limits(node, 300 + changes);
            });
            until(node, "to be ready after " + fault, () -> node.ready().contains("\"ready\" : true"));
            // what was well for so long begins anew with short pauses
            node.minutes(1);
        }
    }

    /** An agent that starts knows nothing, and finds limits of the one before: they are not to go because of a bad answer. */
    private void theNextAgentFindsNonsense(
            FaultyServer<Asked> server, Map<String, Object> keys, Agent.PodsOf pods, Asked operation) throws Exception {
        server.fault(operation, Fault.WRONG_KIND);
        var asked = server.asked(operation);
        try (var node = agent("second", keys, pods)) {
            until(node, "the question", () -> server.asked(operation) > asked);
            node.minutes(5);
            assertThat(limits(node, 300 + changes)).isTrue();
            assertThat(node.ready()).contains("\"ready\" : false");
            assertThat(node.healthy()).isEqualTo("ok\n");
            server.mend();
            until(node, "to be ready", () -> node.ready().contains("\"ready\" : true"));
            assertThat(limits(node, 300 + changes)).isTrue();
        }
    }

    private static boolean says(LiveNode node) {
        var ready = node.ready();
        return ready.contains("API server")
                || ready.contains("the kubelet")
                || ready.contains("the watch")
                || ready.contains("maybe not all");
    }

    private boolean limits(LiveNode node, int others) {
        return node.limit().contains("riops=500 wiops=500")
                && node.limit(Pods.idOf("web", "app"), DATA).contains("riops=" + others + " wiops=" + others)
                && late.stream()
                        .allMatch(pod -> node.limit(Pods.idOf(pod, "app"), DATA).contains("riops=500 wiops=500"));
    }

    private void begin() {
        begin(Pods.pod("db").container("app").build());
        begin(other(300));
    }

    private void begin(Pod pod) {
        host.changePod(pod);
        border.put(pod);
    }

    private static Pod other(int limit) {
        return Pods.pod("web")
                .container("app")
                .annotation("iops-limit/iops", String.valueOf(limit))
                .build();
    }

    private LiveNode agent(String name, Map<String, Object> keys, Agent.PodsOf pods) throws Exception {
        return new LiveNode(
                Files.createDirectories(directory.resolve(name)), host, keys, Optional.empty(), Optional.of(pods));
    }

    private Map<String, Object> cluster(FaultyServer<Asked> server) throws Exception {
        var kubeconfig = Files.writeString(directory.resolve("kubeconfig"), """
                {"apiVersion": "v1", "kind": "Config", "current-context": "c",
                 "contexts": [{"name": "c", "context": {"cluster": "c", "user": "u"}}],
                 "clusters": [{"name": "c", "cluster": {"server": "http://127.0.0.1:%d"}}],
                 "users": [{"name": "u", "user": {"token": "t"}}]}""".formatted(server.port()));
        var keys = new HashMap<String, Object>();
        keys.put("node_name", "node-1");
        keys.put("kubeconfig_path", kubeconfig.toString());
        return keys;
    }

    private NodePods ofCluster(Node node) throws AgentException {
        var cluster = new Cluster(host.environment(), node.config(), "node-1", false);
        return of(
                cluster.pods().source(),
                host.podCgroups(),
                cluster.pods().trouble(),
                cluster::exchange,
                cluster::close);
    }

    private static NodePods of(
            PodSource pods,
            PodCgroups cgroups,
            Supplier<Optional<String>> trouble,
            Exchangeable exchangeable,
            Runnable end) {
        return new NodePods(
                "the pods of the test",
                pods,
                cgroups,
                trouble,
                DiskGuardListener.NOOP,
                reload -> {},
                Optional.empty(),
                exchangeable,
                Duration.ZERO,
                end);
    }

    /** What comes over a socket comes in its own time; the loop turns meanwhile. */
    private static void until(LiveNode node, String what, BooleanSupplier condition) {
        for (var i = 0; i < LOOKS; i++) {
            node.pass(Duration.ofSeconds(1));
            if (condition.getAsBoolean()) {
                return;
            }
            LockSupport.parkNanos(10_000_000);
        }
        throw new AssertionError("in vain: " + what + "; " + node.ready());
    }
}
