/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.k8s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.diskguard.spi.Environment;
import io.fabric8.mockwebserver.MockWebServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KubernetesAccessTest {
    @TempDir
    Path directory;

    private Cluster cluster;

    @BeforeEach
    void open() {
        cluster = new Cluster(directory);
    }

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void insideAClusterTheServiceAccountSpeaksAndItsTokenIsReadAgainWhenItRotates() throws Exception {
        serviceAccount("first-token");
        try (var access = inCluster("localhost", cluster.relay.port());
                var events = access.events(Cluster.NODE)) {
            assertThat(access.server()).startsWith("https://localhost:" + cluster.relay.port());
            events.ofNode(KubernetesEvents.Severity.NORMAL, "One", "1");
            cluster.until("the first", () -> cluster.api.events().size() == 1);
            Files.writeString(directory.resolve("token"), "second-token\n");
            events.ofNode(KubernetesEvents.Severity.NORMAL, "Two", "2");
            cluster.until("the second", () -> cluster.api.events().size() == 2);
        }

        assertThat(cluster.api.requests)
                .extracting(request -> request.getHeader("Authorization"))
                .containsExactly("Bearer first-token", "Bearer second-token");
    }

    @Test
    void withAKubeconfigItsUserSpeaks() {
        try (var pods = cluster.access.pods(Cluster.NODE, Optional.empty())) {
            cluster.until("the list", pods::isSynced);
        }

        assertThat(cluster.api.requests.get(0).getHeader("Authorization")).isEqualTo("Bearer " + Cluster.TOKEN);
    }

    @Test
    void outsideAClusterAndWithoutKubeconfigItSaysWhatIsMissing() {
        assertThatThrownBy(() -> open(Optional.empty(), Map.of()))
                .isInstanceOf(KubernetesAccessException.class)
                .hasMessageContaining("kubeconfig_path")
                .hasMessageContaining("KUBERNETES_SERVICE_HOST");
    }

    @Test
    void aPodWithoutServiceAccountSaysSo() {
        assertThatThrownBy(() -> inCluster("localhost", 443))
                .isInstanceOf(KubernetesAccessException.class)
                .hasMessageContaining("automountServiceAccountToken");
    }

    @Test
    void aKubeconfigThatIsMissingOrDamagedIsNamedAndNotQuoted() throws IOException {
        var missing = directory.resolve("missing");
        assertThatThrownBy(() -> open(Optional.of(missing), Map.of()))
                .isInstanceOf(KubernetesAccessException.class)
                .hasMessageContaining(missing.toString());

        for (var content :
                new String[] {"", "{", "users: [{user: {token: very-secret}", "apiVersion: v1\nkind: Config", """
                    {"apiVersion": "v1", "kind": "Config", "current-context": "c",
                     "contexts": [{"name": "c", "context": {"cluster": "c", "user": "u"}}],
                     "clusters": [{"name": "c", "cluster": {"server": "https://localhost:1"}}],
                     "users": [{"name": "u", "user": {"token": "very\\nsecret"}}]}"""}) {
            var damaged = directory.resolve("damaged");
            Files.writeString(damaged, content);
            assertThatThrownBy(() -> open(Optional.of(damaged), Map.of()).close())
                    .as(content)
                    .isInstanceOf(KubernetesAccessException.class)
                    .hasMessageContaining(damaged.toString())
                    .hasMessageNotContaining("secret");
        }
    }

    @Test
    void anotherClustersCaIsATlsProblemThatSaysSo() throws Exception {
        serviceAccount("token");
        try (var another = new MockWebServer()) {
            another.useHttps();
            another.start();
            Files.copy(
                    Path.of(another.getSelfSignedCertificate().certificatePath()),
                    directory.resolve("ca.crt"),
                    StandardCopyOption.REPLACE_EXISTING);
        }

        assertThat(troubleOf("localhost", cluster.relay.port())).contains("TLS", "CA");
    }

    @Test
    void aHostThatIsNotThereIsNamedAsSuch() throws Exception {
        serviceAccount("token");

        assertThat(troubleOf("no-such-host.invalid", 443)).contains("host name is not known");
    }

    @Test
    void aPortWhereNobodyListensIsNamedAsSuch() throws Exception {
        serviceAccount("token");
        var port = cluster.relay.port();
        cluster.relay.close();

        assertThat(troubleOf("localhost", port)).contains("refuses connections");
    }

    @Test
    void aTokenThatIsNoneIsNeitherSentNorQuoted() throws Exception {
        serviceAccount("very\nsecret");
        try (var access = inCluster("localhost", cluster.relay.port());
                var pods = access.pods(Cluster.NODE, Optional.empty())) {
            cluster.until("the list, for this server asks for no token", pods::isSynced);
        }

        assertThat(cluster.api.requests)
                .extracting(request -> String.valueOf(request.getHeader("Authorization")))
                .noneMatch(header -> header.contains("secret"));
    }

    private String troubleOf(String host, int port) throws KubernetesAccessException {
        try (var access = inCluster(host, port);
                var pods = access.pods(Cluster.NODE, Optional.empty())) {
            await().until(() -> cluster.timer.waiting() == 1);
            return pods.trouble().orElseThrow();
        }
    }

    private void serviceAccount(String token) throws IOException {
        Files.writeString(directory.resolve("token"), token);
        Files.copy(Path.of(cluster.web.getSelfSignedCertificate().certificatePath()), directory.resolve("ca.crt"));
    }

    private KubernetesAccess inCluster(String host, int port) throws KubernetesAccessException {
        return open(
                Optional.empty(),
                Map.of("KUBERNETES_SERVICE_HOST", host, "KUBERNETES_SERVICE_PORT", String.valueOf(port)));
    }

    private KubernetesAccess open(Optional<Path> kubeconfig, Map<String, String> variables)
            throws KubernetesAccessException {
        Environment environment = cluster.environment(variables);
        return KubernetesAccess.open(Cluster.settings(kubeconfig), environment, directory, cluster.timer);
    }
}
