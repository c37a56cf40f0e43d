/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.diskguard.config.KubeletSettings;
import io.diskguard.config.KubernetesSettings;
import io.diskguard.k8s.KubernetesAccess;
import io.diskguard.k8s.KubernetesEvents.Severity;
import io.diskguard.model.PodRef;
import io.diskguard.model.SmartStateKeys;
import io.diskguard.spi.Environment;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBinding;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The requests that the agent makes of the API server, and what the ClusterRole grants. */
class PermissionsTest {
    /** Reads one pod, of which list already gives all: for people who act as the agent. */
    private static final Set<String> GRANTED_BESIDES = Set.of("get pods");

    private static final PodRef POD = new PodRef("shop", "db-0", "uid-db");
    private static final String PODS = """
            {"kind": "PodList", "apiVersion": "v1", "metadata": {"resourceVersion": "7"}, "items": []}
            """;

    @TempDir
    Path directory;

    /** The original's role let it read pods and nothing else: neither smart limit nor its events ever worked. */
    @Test
    void theRoleGrantsEveryCallThatTheAgentMakesAndNoOther() throws Exception {
        var granted = new TreeSet<String>();
        for (var rule : Manifests.only(Manifests.AGENT, ClusterRole.class).getRules()) {
            assertThat(rule.getApiGroups()).containsExactly("");
            assertThat(rule.getNonResourceURLs()).isEmpty();
            rule.getResources()
                    .forEach(resource -> rule.getVerbs().forEach(verb -> granted.add(verb + " " + resource)));
        }
        var needed = new TreeSet<>(calls());
        assertThat(needed).isNotEmpty();
        needed.addAll(GRANTED_BESIDES);
        assertThat(granted).isEqualTo(needed);
    }

    @Test
    void theRoleIsGrantedToTheAccountOfThePod() {
        var account = Manifests.only(Manifests.AGENT, ServiceAccount.class).getMetadata();
        var binding = Manifests.only(Manifests.AGENT, ClusterRoleBinding.class);
        assertThat(Manifests.pod().getServiceAccountName()).isEqualTo(account.getName());
        assertThat(binding.getRoleRef().getName())
                .isEqualTo(Manifests.only(Manifests.AGENT, ClusterRole.class)
                        .getMetadata()
                        .getName());
        assertThat(binding.getSubjects()).singleElement().satisfies(subject -> {
            assertThat(subject.getKind()).isEqualTo("ServiceAccount");
            assertThat(subject.getName()).isEqualTo(account.getName());
            assertThat(subject.getNamespace()).isEqualTo(account.getNamespace());
        });
    }

    /** Does all that there is to be done, until each kind of request was heard. */
    private Set<String> calls() throws Exception {
        var heard = new LinkedBlockingQueue<String>();
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> answer(exchange, heard));
        server.start();
        var executor = Executors.newSingleThreadScheduledExecutor();
        try (var access =
                KubernetesAccess.open(settings(server.getAddress().getPort()), Environment.system(), executor)) {
            try (var pods = access.pods("node-1", Optional.empty());
                    var states = access.stateStore(pods, SmartStateKeys.below("iops-limit")::contains);
                    var events = access.events("node-1")) {
                var calls = new TreeSet<String>();
                states.patch(POD, Map.of("iops-limit/" + SmartStateKeys.SMART_LIMIT, Optional.of("true")));
                await(heard, calls, "list pods");
                await(heard, calls, "watch pods");
                await(heard, calls, "patch pods");
                events.ofPod(POD, Severity.NORMAL, "SmartLimitApplied", "200 operations a second");
                await(heard, calls, "create events");
                events.ofPod(POD, Severity.NORMAL, "SmartLimitApplied", "200 operations a second");
                await(heard, calls, "patch events");
                heard.drainTo(calls);
                return calls;
            }
        } finally {
            executor.shutdownNow();
            server.stop(0);
        }
    }

    private static void await(BlockingQueue<String> heard, Set<String> calls, String call) throws InterruptedException {
        while (!calls.contains(call)) {
            var next = heard.poll(30, TimeUnit.SECONDS);
            assertThat(next).as("waiting for " + call + ", heard " + calls).isNotNull();
            calls.add(next);
        }
    }

    private static void answer(HttpExchange exchange, BlockingQueue<String> heard) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            var call = call(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().getPath(),
                    String.valueOf(exchange.getRequestURI().getQuery()));
            var body = body(call).getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(call.startsWith("watch") ? 503 : 200, body.length);
            exchange.getResponseBody().write(body);
            heard.add(call);
        }
    }

    private static String body(String call) {
        return switch (call) {
            case "list pods" -> PODS;
            case "patch pods" -> "{\"kind\": \"Pod\"}";
            default -> "{\"kind\": \"Event\"}";
        };
    }

    /** As the API server derives it (Kubernetes documentation, "Determine the request verb"). */
    private static String call(String method, String path, String query) {
        var parts = path.replaceFirst("^/api/v1/(namespaces/[^/]+/)?", "").split("/");
        var resource = parts[0] + (parts.length > 2 ? "/" + parts[2] : "");
        var verb =
                switch (method) {
                    case "GET" -> query.contains("watch=true") ? "watch" : parts.length > 1 ? "get" : "list";
                    case "POST" -> "create";
                    case "PUT" -> "update";
                    case "DELETE" -> parts.length > 1 ? "delete" : "deletecollection";
                    default -> method.toLowerCase(Locale.ROOT);
                };
        return verb + " " + resource;
    }

    private KubernetesSettings settings(int port) {
        var kubeconfig = directory.resolve("kubeconfig");
        try {
            Files.writeString(kubeconfig, """
                    apiVersion: v1
                    kind: Config
                    current-context: test
                    clusters: [{name: test, cluster: {server: "http://localhost:%d"}}]
                    contexts: [{name: test, context: {cluster: test, user: test}}]
                    users: [{name: test, user: {}}]
                    """.formatted(port));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var kubelet = new KubeletSettings(
                "localhost", 10250, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), false);
        return new KubernetesSettings(Optional.of("node-1"), Optional.of(kubeconfig), kubelet);
    }
}
