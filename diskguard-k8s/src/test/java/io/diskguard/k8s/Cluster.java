/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.k8s;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.diskguard.config.KubeletSettings;
import io.diskguard.config.KubernetesSettings;
import io.diskguard.simulator.ManualClock;
import io.diskguard.spi.Environment;
import io.diskguard.spi.HostPaths;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;

/** An API server behind HTTPS, a way to it that can break, and the agent's access to it, on a clock that is turned by hand. */
final class Cluster implements AutoCloseable {
    static final String NODE = "node-1";
    static final String TOKEN = "very-secret-token";

    private static final Duration STEP = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final ObjectMapper JSON = new ObjectMapper();

    final ApiServer api = new ApiServer();
    final ManualClock clock = new ManualClock();
    final ManualTimer timer = new ManualTimer(clock);
    final MockWebServer web = new MockWebServer();
    final Relay relay;
    final KubernetesAccess access;
    private final KubernetesMockServer server;
    private final Path kubeconfig;

    Cluster(Path directory) {
        server = new KubernetesMockServer(new Context(), web, new HashMap<>(), api, true);
        server.init();
        relay = new Relay(server.getPort());
        kubeconfig = directory.resolve("kubeconfig");
        write(kubeconfig, """
                apiVersion: v1
                kind: Config
                current-context: test
                clusters:
                - name: test
                  cluster:
                    server: "https://localhost:%d"
                    certificate-authority: "%s"
                contexts:
                - name: test
                  context: {cluster: test, user: test}
                users:
                - name: test
                  user: {token: %s}
                """.formatted(
                        relay.port(), web.getSelfSignedCertificate().certificatePath(), TOKEN));
        try {
            access = KubernetesAccess.open(settings(Optional.of(kubeconfig)), environment(Map.of()), directory, timer);
        } catch (KubernetesAccessException e) {
            throw new AssertionError(e);
        }
    }

    static KubernetesSettings settings(Optional<Path> kubeconfig) {
        var kubelet = new KubeletSettings(
                "localhost", 10250, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), false);
        return new KubernetesSettings(Optional.of(NODE), kubeconfig, kubelet);
    }

    Environment environment(Map<String, String> variables) {
        return new Environment(HostPaths.host(), clock, clock, variables);
    }

    /** Waits for what comes over a socket; what waits for the clock is turned on meanwhile. */
    void until(String what, Callable<Boolean> condition) {
        until(what, STEP, condition);
    }

    /** @param step how far the clock is turned with each look, some fifty a second */
    void until(String what, Duration step, Callable<Boolean> condition) {
        await(what).atMost(PATIENCE).pollInterval(Duration.ofMillis(20)).until(() -> {
            timer.advance(step);
            return condition.call();
        });
    }

    /** A running pod with one container {@code app}. */
    static ObjectNode pod(String name, String uid, Map<String, String> annotations) {
        var pod = JSON.createObjectNode().put("kind", "Pod").put("apiVersion", "v1");
        var meta = pod.putObject("metadata")
                .put("namespace", "default")
                .put("name", name)
                .put("uid", uid);
        var texts = meta.putObject("annotations");
        annotations.forEach(texts::put);
        meta.putArray("managedFields").addObject().put("manager", "kubectl");
        var spec = pod.putObject("spec").put("nodeName", NODE);
        spec.putArray("containers").addObject().put("name", "app").put("image", "app:1");
        var status = pod.putObject("status").put("phase", "Running").put("qosClass", "Burstable");
        status.putArray("containerStatuses").addObject().put("name", "app").put("containerID", "containerd://0123");
        return pod;
    }

    /** Makes the pod or changes it; returns its uid. */
    String put(String name, Map<String, String> annotations) {
        api.put(pod(name, "uid-" + name, annotations));
        return "uid-" + name;
    }

    @Override
    public void close() {
        access.close();
        relay.close();
        server.destroy();
    }

    static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
