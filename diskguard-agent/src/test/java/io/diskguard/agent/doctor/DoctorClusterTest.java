/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.diskguard.agent.doctor.Finding.Verdict;
import io.diskguard.agent.house.House;
import io.diskguard.agent.node.NodeArguments;
import io.diskguard.agent.node.Preparation;
import io.diskguard.agent.node.StopSignal;
import io.diskguard.provider.ProviderSource;
import io.diskguard.simulator.SimulatedNode;
import io.diskguard.spi.Environment;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The checks that ask an API server, or this node's agent. */
class DoctorClusterTest {
    @TempDir
    private Path directory;

    private final SimulatedNode node = SimulatedNode.v1();
    private final Set<String> denied = ConcurrentHashMap.newKeySet();
    private HttpServer server;
    private String pods = pod("containerd://" + "a".repeat(64));
    private int status = 200;
    private Clock clock = Clock.systemUTC();
    private String ready = "";

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        Files.writeString(directory.resolve("kubeconfig"), """
                apiVersion: v1
                kind: Config
                current-context: c
                clusters: [{name: c, cluster: {server: "http://127.0.0.1:%d"}}]
                contexts: [{name: c, context: {cluster: c, user: u}}]
                users: [{name: u, user: {token: t}}]
                """.formatted(
                        server.getAddress().getPort()));
    }

    @AfterEach
    void end() {
        server.stop(0);
        node.close();
    }

    @Test
    void aClusterThatAnswersAndPermitsAllIsFine() {
        assertThat(look(new ApiServerCheck())).singleElement().satisfies(ok -> {
            assertThat(ok.verdict()).isEqualTo(Verdict.OK);
            assertThat(ok.found()).contains("Kubernetes v1.31.0", "system:serviceaccount:diskguard:diskguard");
        });
        assertThat(look(new PermissionsCheck())).singleElement().satisfies(ok -> assertThat(ok.found())
                .isEqualTo("it may list pods, watch pods, patch pods, create events, patch events"));
        assertThat(look(new PodsCheck())).singleElement().satisfies(ok -> assertThat(ok.found())
                .isEqualTo("1 pods with 1 containers"));
    }

    @Test
    void aRightThatIsMissingIsNamedWithTheAccountAndTheLineOfTheManifest() {
        denied.add("patch pods");
        var findings = look(new PermissionsCheck(), Map.of("SMART_LIMIT_ENABLED", "true"));

        assertThat(findings).last().satisfies(wrong -> {
            assertThat(wrong.verdict()).isEqualTo(Verdict.WRONG);
            assertThat(wrong.found())
                    .contains("system:serviceaccount:diskguard:diskguard may not patch pods", "smart limit");
            assertThat(wrong.toDo().orElseThrow())
                    .contains("{apiGroups: [\"\"], resources: [pods], verbs: [get, list, watch, patch]}");
        });
        assertThat(look(new PermissionsCheck())).last().satisfies(note -> {
            assertThat(note.verdict())
                    .as("without smart limit nothing is patched")
                    .isEqualTo(Verdict.NOTE);
        });
    }

    @Test
    void theLinesOfTheManifestAreThere() {
        var manifest = House.read(Path.of("deploy/manifests/diskguard.yaml"));
        assertThat(manifest).contains(PermissionsCheck.PODS, PermissionsCheck.EVENTS);
    }

    @Test
    void anApiServerThatRefusesConnectionsIsTheOneFault() {
        server.stop(0);
        var findings = new Doctor(preparation(Map.of()), new StopSignal()).examine();

        assertThat(of("api-server", findings)).singleElement().satisfies(wrong -> {
            assertThat(wrong.verdict()).isEqualTo(Verdict.WRONG);
            assertThat(wrong.found()).contains("refuses connections");
        });
        assertThat(of("permissions", findings)).allMatch(each -> each.verdict() == Verdict.SKIPPED);
        assertThat(of("pods", findings)).allMatch(each -> each.verdict() == Verdict.SKIPPED);
    }

    @Test
    void credentialsThatAreNotTakenAreToldAsSuch() {
        status = 401;
        assertThat(look(new ApiServerCheck())).singleElement().satisfies(wrong -> {
            assertThat(wrong.found()).contains("401");
            assertThat(wrong.toDo().orElseThrow()).contains("token");
        });
    }

    @Test
    void aClockThatIsAnHourOffIsTold() {
        clock = Clock.offset(Clock.systemUTC(), Duration.ofHours(1));
        assertThat(look(new ApiServerCheck())).singleElement().satisfies(note -> {
            assertThat(note.verdict()).isEqualTo(Verdict.NOTE);
            assertThat(note.found()).containsPattern("its clock is 3(600|599|601) s behind this node's");
        });
    }

    @Test
    void aNodeNameThatNoPodHasIsAsked() {
        pods = "";
        assertThat(look(new PodsCheck())).singleElement().satisfies(note -> {
            assertThat(note.verdict()).isEqualTo(Verdict.NOTE);
            assertThat(note.toDo().orElseThrow()).contains("node_name", "kubectl get nodes");
        });
    }

    @Test
    void theRuntimeThatThePodsNeedIsMissedWithTheirNames() {
        assertThat(look(new RuntimeCheck())).first().satisfies(wrong -> {
            assertThat(wrong.verdict()).isEqualTo(Verdict.WRONG);
            assertThat(wrong.tried()).contains("containerd");
            assertThat(wrong.found()).contains("1 containers of this node's pods: shop/db");
        });
    }

    @Test
    void ourOwnAgentOnThePortIsToldWithItsVersionAndWhatIsNotReady() {
        ready = "{\"ready\": false, \"checks\": [{\"name\": \"pods\", \"ok\": false, \"detail\": \"not synced\"}]}";
        var address = "127.0.0.1:" + server.getAddress().getPort();
        assertThat(look(new HttpPortCheck(), Map.of("HTTP_ADDRESS", address)))
                .singleElement()
                .satisfies(note -> {
                    assertThat(note.verdict()).isEqualTo(Verdict.NOTE);
                    assertThat(note.found()).contains("version 9.9.9", "pods: not synced");
                });
        ready = "{\"ready\": true, \"checks\": []}";
        assertThat(look(new HttpPortCheck(), Map.of("HTTP_ADDRESS", address)))
                .singleElement()
                .satisfies(ok -> assertThat(ok.verdict()).isEqualTo(Verdict.OK));
    }

    private List<Finding> look(Check check) {
        return look(check, Map.of());
    }

    private List<Finding> look(Check check, Map<String, String> variables) {
        return Doctor.look(check, new Subject(preparation(variables), new StopSignal()));
    }

    private Preparation preparation(Map<String, String> more) {
        var here = node.environment();
        var variables = new HashMap<>(Map.of(
                "NODE_NAME",
                "node-1",
                "KUBECONFIG_PATH",
                directory.resolve("kubeconfig").toString(),
                "STATE_DIR",
                directory.toString(),
                "HTTP_ADDRESS",
                ":0"));
        variables.putAll(more);
        var environment = new Environment(here.paths(), clock, here.ticker(), variables);
        var read = Preparation.of(environment, new NodeArguments(Optional.empty(), Optional.empty()));
        return new Preparation(read.environment(), ProviderSource.of(), read.configuration());
    }

    private static List<Finding> of(String id, List<Finding> findings) {
        return findings.stream().filter(each -> each.id().equals(id)).toList();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var question = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            var body =
                    switch (exchange.getRequestURI().getPath()) {
                        case "/version" -> "{\"gitVersion\": \"v1.31.0\"}";
                        case "/api/v1/pods" -> "{\"kind\": \"PodList\", \"items\": [" + pods + "]}";
                        case "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews" ->
                            "{\"status\": {\"allowed\": " + isAllowed(question) + "}}";
                        case "/apis/authentication.k8s.io/v1/selfsubjectreviews" ->
                            "{\"status\": {\"userInfo\": {\"username\": \"system:serviceaccount:diskguard:diskguard\"}}}";
                        case "/readyz" -> ready;
                        case "/metrics" -> "diskguard_build_info{java=\"17\",version=\"9.9.9\"} 1\n";
                        default -> "{}";
                    };
            var bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private boolean isAllowed(String question) {
        return new HashSet<>(denied).stream().noneMatch(right -> {
            var words = right.split(" ");
            return question.contains("\"verb\":\"" + words[0] + "\"")
                    && question.contains("\"resource\":\"" + words[1] + "\"");
        });
    }

    private static String pod(String container) {
        return """
                {"metadata": {"name": "db", "namespace": "shop", "uid": "u-1"},
                 "spec": {"nodeName": "node-1", "containers": [{"name": "app", "image": "box:1"}]},
                 "status": {"phase": "Running", "qosClass": "Burstable", "containerStatuses": [
                     {"name": "app", "image": "box:1", "containerID": "%s", "state": {"running": {}}}]}}""".formatted(container);
    }
}
