/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.k8s.ClusterInspection.Review;
import io.diskguard.k8s.ClusterInspection.Server;
import io.diskguard.model.Pod;
import io.fabric8.mockwebserver.http.MockResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterInspectionTest {
    @TempDir
    Path directory;

    private Cluster cluster;
    private ClusterInspection inspection;

    @BeforeEach
    void open() throws KubernetesAccessException {
        cluster = new Cluster(directory);
        inspection = ClusterInspection.open(
                Cluster.settings(Optional.of(directory.resolve("kubeconfig"))),
                cluster.environment(Map.of()),
                Duration.ofSeconds(20));
    }

    @AfterEach
    void close() {
        inspection.close();
        cluster.close();
    }

    @Test
    void thePodsOfTheNodeAreAskedForByItsNameAndNothingIsWritten() {
        cluster.api.put(Cluster.pod("db", "uid-1", Map.of()));

        assertThat(inspection.pods(Cluster.NODE))
                .isInstanceOfSatisfying(Told.Known.class, known -> assertThat(known.value())
                        .asInstanceOf(InstanceOfAssertFactories.list(Pod.class))
                        .extracting(Pod::fullName)
                        .containsExactly("default/db"));
        assertThat(cluster.api.requests).singleElement().satisfies(request -> {
            assertThat(request.getMethod()).isEqualTo("GET");
            assertThat(request.getPath()).contains("fieldSelector=spec.nodeName%3D" + Cluster.NODE);
            assertThat(request.getHeader("Authorization")).isEqualTo("Bearer " + Cluster.TOKEN);
        });
    }

    @Test
    void aRightIsAskedForAsTheApiServerDecidesIt() {
        answer(201, "{\"status\": {\"allowed\": false, \"reason\": \"no RBAC policy matched\"}}");

        assertThat(inspection.may("patch", "pods"))
                .isEqualTo(new Told.Known<>(new Review(false, "no RBAC policy matched")));
        assertThat(cluster.api.requests).singleElement().satisfies(request -> {
            assertThat(request.getPath()).isEqualTo("/apis/authorization.k8s.io/v1/selfsubjectaccessreviews");
            assertThat(ApiServer.read(request.getUtf8Body()).at("/spec/resourceAttributes"))
                    .isEqualTo(ApiServer.read("{\"verb\": \"patch\", \"resource\": \"pods\"}"));
        });
    }

    @Test
    void aReviewThatIsNotPermittedIsNotADenial() {
        cluster.api.script(request -> Optional.of(ApiServer.refusal(403, "Forbidden", "no")));

        assertThat(inspection.may("list", "pods"))
                .isInstanceOfSatisfying(Told.Unknown.class, unknown -> assertThat(unknown.reason())
                        .contains("403", "selfsubjectaccessreviews"));
    }

    @Test
    void theVersionAndTheUserAreWhatTheServerSays() {
        answer(200, "{\"gitVersion\": \"v1.31.0\", \"status\": {\"userInfo\": {\"username\": \"system:x\"}}}");

        assertThat(inspection.server())
                .isEqualTo(new Told.Known<>(new Server(Optional.of("v1.31.0"), Optional.empty())));
        assertThat(inspection.user()).contains("system:x");
    }

    @Test
    void credentialsThatAreRefusedAndAServerThatIsGoneAreToldApart() {
        cluster.api.script(request -> Optional.of(ApiServer.refusal(401, "Unauthorized", "Unauthorized")));
        assertThat(reason(inspection.server())).contains("401").doesNotContain(Cluster.TOKEN);
        cluster.relay.close();
        assertThat(reason(inspection.server())).contains("refuses connections");
        assertThat(reason(inspection.pods(Cluster.NODE))).contains("refuses connections");
    }

    @Test
    void aServerBelowAPathOfAProxyIsAskedThere() throws Exception {
        var kubeconfig = directory.resolve("kubeconfig");
        var proxied = Files.readString(kubeconfig)
                .replaceAll("(?m)(server: *\"?https?://[^\\s\"/]+)/?", "$1/k8s/clusters/c-1");
        assertThat(proxied).contains("/k8s/clusters/c-1");
        Files.writeString(kubeconfig, proxied);
        answer(200, "{\"gitVersion\": \"v1.31.0\"}");
        try (var behind = ClusterInspection.open(
                Cluster.settings(Optional.of(kubeconfig)), cluster.environment(Map.of()), Duration.ofSeconds(20))) {
            behind.server();
        }
        assertThat(cluster.api.requests).singleElement().satisfies(request -> assertThat(request.getPath())
                .isEqualTo("/k8s/clusters/c-1/version"));
    }

    private void answer(int code, String body) {
        cluster.api.script(
                request -> Optional.of(new MockResponse().setResponseCode(code).setBody(body)));
    }

    private static String reason(Told<?> told) {
        return told instanceof Told.Unknown<?> unknown ? unknown.reason() : String.valueOf(told);
    }
}
