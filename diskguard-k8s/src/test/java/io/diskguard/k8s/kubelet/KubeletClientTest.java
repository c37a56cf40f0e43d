/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.k8s.kubelet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.diskguard.config.KubeletSettings;
import io.diskguard.config.KubeletSettings.ClientCertificate;
import io.diskguard.k8s.kubelet.Authority.Signed;
import io.diskguard.k8s.kubelet.KubeletClient.Patience;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KubeletClientTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Patience PATIENT = new Patience(LONG, LONG, LONG);

    @TempDir
    Path directory;

    private final Authority authority = new Authority("kubelet-ca");
    private final List<String> warnings = new CopyOnWriteArrayList<>();
    private final List<AutoCloseable> open = new ArrayList<>();
    private Patience patience = PATIENT;

    @AfterEach
    void closeAll() throws Exception {
        for (var one : open) {
            one.close();
        }
    }

    @Test
    void theAuthorityAndTheHostInTheCertificateAreEnough() {
        var kubelet = kubelet(authority.issue("node-1", "localhost"));

        assertThat(ask(client(settings(kubelet).build()))).isEqualTo("ok");
        assertThat(kubelet.asked.get(0).serverNames()).containsExactly("localhost");
        assertThat(warnings).isEmpty();
    }

    @Test
    void hostLocalhostIsVerifiedAsLocalhost() {
        var kubelet = kubelet(authority.issue("node-1", "kind-control-plane"));

        assertThat(ask(client(settings(kubelet).build())))
                .contains("not for localhost", "for kind-control-plane", "kubelet_server_name");
        assertThat(kubelet.asked).isEmpty();
    }

    @Test
    void theServerNameStandsForTheHostInVerificationAndInSni() {
        var kubelet = kubelet(authority.issue("node-1", "node-1.example"));

        assertThat(ask(client(settings(kubelet).serverName("node-1.example").build())))
                .isEqualTo("ok");
        assertThat(kubelet.asked.get(0).serverNames()).containsExactly("node-1.example");
    }

    @Test
    void theHostsNameDoesNotServeWhereAServerNameIsSet() {
        var kubelet = kubelet(authority.issue("node-1", "localhost", "127.0.0.1"));

        assertThat(ask(client(settings(kubelet).serverName("node-1").build())))
                .contains("not for node-1", "for localhost, 127.0.0.1");
    }

    @Test
    void anAddressIsVerifiedAsAnAddress() {
        var kubelet = kubelet(authority.issue("node-1", "node-1", "127.0.0.1"));

        assertThat(ask(client(settings(kubelet).host("127.0.0.1").build()))).isEqualTo("ok");
        assertThat(kubelet.asked.get(0).serverNames()).isEmpty();
    }

    @Test
    void anIpv6HostIsReachedAndVerified() throws IOException {
        var loopback = InetAddress.getByName("::1");
        assumeTrue(canBind(loopback), "no IPv6 here");
        var kubelet = started(new FakeKubelet(authority.issue("node-1", "::1"), Optional.empty(), loopback));

        assertThat(ask(client(settings(kubelet).host("::1").build()))).isEqualTo("ok");
    }

    @Test
    void aStarStandsForOneLabel() {
        var kubelet = kubelet(authority.issue("node-1", "*.nodes.example"));

        assertThat(ask(client(settings(kubelet).serverName("a.nodes.example").build())))
                .isEqualTo("ok");
        assertThat(ask(client(settings(kubelet).serverName("a.b.nodes.example").build())))
                .contains("not for a.b.nodes.example");
        assertThat(ask(client(settings(kubelet).serverName("nodes.example").build())))
                .contains("not for nodes.example");
    }

    @Test
    void anotherAuthoritysCertificateIsRefusedAndTheAuthorityNamed() {
        var kubelet = kubelet(authority.issue("node-1", "localhost"));
        var other = write("other.crt", new Authority("cluster-ca").pem());

        assertThat(ask(client(settings(kubelet).ca(other).build())))
                .contains("CN=kubelet-ca", "not vouched for", other.toString(), "kubelet_ca_path");
        assertThat(kubelet.asked).isEmpty();
    }

    @Test
    void anyOfABundleVouches() {
        var kubelet = kubelet(authority.issue("node-1", "localhost"));
        var bundle = write("bundle.crt", new Authority("cluster-ca").pem() + "# comment\n" + authority.pem());

        assertThat(ask(client(settings(kubelet).ca(bundle).build()))).isEqualTo("ok");
    }

    /** What a kubelet makes for itself is in {@code kubelet.crt}. */
    @Test
    void theKubeletsOwnCertificateVouchesForItself() {
        var own = authority.issue("node-1", "node-1");
        var kubelet = kubelet(own);
        for (var file : List.of(own.pem(), own.pem() + authority.pem())) {
            var ca = write("kubelet.crt", file);
            assertThat(ask(client(settings(kubelet).ca(ca).serverName("node-1").build())))
                    .isEqualTo("ok");
        }
    }

    @Test
    void anExpiredCertificateIsNamedAsSuch() {
        var kubelet = kubelet(authority.issueExpired("node-1", "localhost"));

        assertThat(ask(client(settings(kubelet).build()))).contains("expired", "2021-01-01");
    }

    @Test
    void withoutAuthorityTheServiceAccountsServesAndElseTheJdks() throws IOException {
        var kubelet = kubelet(authority.issue("node-1", "localhost"));
        var settings = settings(kubelet).withoutCa().build();

        assertThat(ask(client(settings))).contains("not vouched for by the JDK's certificates");
        Files.writeString(directory.resolve("ca.crt"), authority.pem());
        assertThat(ask(client(settings))).isEqualTo("ok");
    }

    @Test
    void aRotatedAuthorityIsBelievedWithTheNextRequest() throws IOException {
        var kubelet = kubelet(authority.issue("node-1", "localhost"));
        var ca = write("ca.pem", new Authority("old-ca").pem());
        var client = client(settings(kubelet).ca(ca).build());
        assertThat(ask(client)).contains("not vouched for");

        Files.writeString(ca, authority.pem());

        assertThat(ask(client)).isEqualTo("ok");
    }

    @Test
    void skippingVerificationWarnsOnceAndBelievesAnybody() {
        var kubelet = kubelet(new Authority("nobody").issue("who", "elsewhere"));
        var client = client(settings(kubelet).skipVerify().build());

        assertThat(ask(client)).isEqualTo("ok");
        assertThat(ask(client)).isEqualTo("ok");
        assertThat(warnings).singleElement().asString().contains("kubelet_skip_verify", "localhost:" + kubelet.port());
    }

    @Test
    void theTokenIsReadAgainWhenItRotates() throws IOException {
        var kubelet = kubelet(authority.issue("node-1", "localhost"));
        var token = write("my-token", "first\n");
        var client = client(settings(kubelet).token(token).build());
        ask(client);
        Files.writeString(token, "second");
        ask(client);

        assertThat(kubelet.asked)
                .extracting(asked -> asked.authorization().orElse("none"))
                .containsExactly("Bearer first", "Bearer second");
        assertThat(kubelet.asked.get(1).port())
                .as("the same connection")
                .isEqualTo(kubelet.asked.get(0).port());
    }

    @Test
    void theServiceAccountsTokenIsShownOnlyWhereNothingElseIsGiven() throws IOException {
        var kubelet = kubelet(authority.issue("node-1", "localhost"));
        Files.writeString(directory.resolve("token"), "of-the-pod");
        ask(client(settings(kubelet).build()));
        ask(client(settings(kubelet).client(authority.issue("agent")).build()));

        assertThat(kubelet.asked)
                .extracting(FakeKubelet.Asked::authorization)
                .containsExactly(Optional.of("Bearer of-the-pod"), Optional.empty());
    }

    @Test
    void aTokenThatIsNoneIsNotSentNorQuoted() {
        var kubelet = kubelet(authority.issue("node-1", "localhost"));
        for (var text : List.of("", " \n", "secret\nsecret", "s\u00e9cret")) {
            var token = write("bad-token", text);

            assertThat(ask(client(settings(kubelet).token(token).build())))
                    .contains("kubelet_token_path", token.toString())
                    .doesNotContain("cret");
        }
        assertThat(kubelet.asked).isEmpty();
    }

    @Test
    void aMissingFileIsNamedWithItsKey() {
        var kubelet = kubelet(authority.issue("node-1", "localhost"));
        var missing = directory.resolve("missing");

        assertThat(ask(client(settings(kubelet).token(missing).build())))
                .contains("kubelet_token_path", missing.toString());
        assertThat(ask(client(settings(kubelet).ca(missing).build()))).contains("kubelet_ca_path", missing.toString());
        var damaged = write("damaged", "-----BEGIN CERTIFICATE-----\nsecret\n-----END CERTIFICATE-----\n");
        assertThat(ask(client(settings(kubelet).ca(damaged).build())))
                .contains("kubelet_ca_path", damaged.toString())
                .doesNotContain("secret");
    }

    @Test
    void aClientCertificateIsShownInEveryFormThatIsWritten() {
        var kubelet = started(new FakeKubelet(
                authority.issue("node-1", "localhost"), Optional.of(authority), InetAddress.getLoopbackAddress()));
        kubelet.answer("/pods", 200, "ok");
        var ec = authority.issue("agent");
        var rsa = authority.issueRsa("agent");
        for (var files : List.of(
                List.of(ec.pem(), ec.pkcs8()),
                List.of(ec.pem(), ec.sec1()),
                List.of(ec.pem(), ec.sec1WithCurveBefore()),
                List.of(rsa.pem(), rsa.pkcs8()),
                List.of(rsa.pem(), rsa.pkcs1()),
                List.of(ec.pem() + ec.sec1(), ec.pem() + ec.sec1()))) {
            var certificate = write("client.crt", files.get(0));
            var key = write("client.key", files.get(1));
            assertThat(ask(client(settings(kubelet).client(certificate, key).build())))
                    .as(files.get(1).lines().findFirst().orElseThrow())
                    .isEqualTo("ok");
        }
        assertThat(kubelet.asked)
                .extracting(asked -> asked.client().orElse("none"))
                .containsOnly("CN=agent");
    }

    @Test
    void withoutTheClientCertificateThatIsWantedItSaysSo() {
        var kubelet = started(new FakeKubelet(
                authority.issue("node-1", "localhost"), Optional.of(authority), InetAddress.getLoopbackAddress()));

        assertThat(ask(client(settings(kubelet).build()))).contains("kubelet_client_cert_path");
    }

    @Test
    void aRotatedClientCertificateIsShownFromTheNextRequestOn() throws IOException {
        var kubelet = started(new FakeKubelet(
                authority.issue("node-1", "localhost"), Optional.of(authority), InetAddress.getLoopbackAddress()));
        kubelet.answer("/pods", 200, "ok");
        var first = authority.issue("first");
        var certificate = write("client.crt", first.pem());
        var key = write("client.key", first.sec1());
        var client = client(settings(kubelet).client(certificate, key).build());
        ask(client);
        var second = authority.issue("second");
        Files.writeString(certificate, second.pem());

        assertThat(ask(client)).as("between the two writes the old pair serves").isEqualTo("ok");
        Files.writeString(key, second.sec1());
        assertThat(ask(client)).isEqualTo("ok");

        assertThat(kubelet.asked)
                .extracting(asked -> asked.client().orElse("none"))
                .containsExactly("CN=first", "CN=first", "CN=second");
        assertThat(warnings).singleElement().asString().contains("kubelet_client_key_path", "not the certificate's");
    }

    @Test
    void aKeyThatCannotBeReadIsNamedAndNotQuoted() {
        var kubelet = kubelet(authority.issue("node-1", "localhost"));
        var good = authority.issue("agent");
        for (var text : List.of(
                "",
                good.pem(),
                Authority.pem("PRIVATE KEY", new byte[] {0x30, 3, 1, 2, 3}),
                Authority.pem("EC PRIVATE KEY", new byte[] {0x30, (byte) 0x84, 1, 2}),
                "-----BEGIN ENCRYPTED PRIVATE KEY-----\nc2VjcmV0\n-----END ENCRYPTED PRIVATE KEY-----\n",
                authority.issue("other").pkcs8())) {
            var key = write("bad.key", text);
            assertThat(ask(client(settings(kubelet)
                            .client(write("good.crt", good.pem()), key)
                            .build())))
                    .contains("kubelet_client_key_path", key.toString())
                    .doesNotContain("c2VjcmV0");
        }
    }

    @Test
    void oneConnectionServesAllRequestsAlsoAfterRefusals() {
        var kubelet = kubelet(authority.issue("node-1", "localhost"));
        var client = client(settings(kubelet).build());
        for (var i = 0; i < 20; i++) {
            kubelet.answer("/pods", i % 4 == 3 ? 403 : 200, "ok");
            ask(client);
        }

        assertThat(kubelet.asked).hasSize(20);
        assertThat(kubelet.asked.stream().map(FakeKubelet.Asked::port).distinct())
                .hasSize(1);
    }

    @Test
    void otherSettingsHoldFromTheNextRequestOn() {
        var one = kubelet(authority.issue("node-1", "localhost"));
        var other = kubelet(authority.issue("node-1", "localhost"));
        var settings = new AtomicReference<>(settings(one).build());
        var client = started(new KubeletClient(settings::get, directory, patience, warnings::add));
        ask(client);
        settings.set(settings(other).build());
        ask(client);

        assertThat(List.of(one.asked.size(), other.asked.size())).containsExactly(1, 1);
    }

    @Test
    void aPortWhereNobodyListensIsNamedAsSuch() {
        var kubelet = kubelet(authority.issue("node-1", "localhost"));
        var settings = settings(kubelet).build();
        kubelet.close();

        assertThat(ask(client(settings))).contains("refuses connections", "localhost:", "kubelet_port");
    }

    @Test
    void aHostThatIsNotThereIsNamedAsSuch() {
        var kubelet = kubelet(authority.issue("node-1", "localhost"));

        assertThat(ask(client(settings(kubelet).host("no-such-host.invalid").build())))
                .contains("host name is not known", "no-such-host.invalid");
        assertThat(ask(client(settings(kubelet)
                        .host("no-such-host.invalid")
                        .serverName("node-1")
                        .build())))
                .contains("host name is not known");
    }

    @Test
    void refusalsSayWhatToDo() {
        var kubelet = kubelet(authority.issue("node-1", "localhost"));
        var token = write("my-token", "very-secret");
        var client = client(settings(kubelet).token(token).build());
        kubelet.answer("/pods", 401, "Unauthorized");
        assertThat(ask(client)).contains("401", "token");
        kubelet.answer("/pods", 403, "Forbidden (user=agent, verb=get,\nresource=nodes)");
        assertThat(ask(client))
                .contains("403", "nodes/pods", "nodes/proxy", "Forbidden (user=agent, verb=get, resource");
        kubelet.answer("/pods", 403, "I got very-secret from you");
        assertThat(ask(client)).contains("403").doesNotContain("very-secret");
        kubelet.answer("/metrics/cadvisor", 403, "");
        assertThat(ask(client, "/metrics/cadvisor")).contains("403", "verb get on nodes/metrics");
        assertThat(ask(client, "/nothing")).contains("404", "kubelet_port");
        kubelet.answer("/pods", 503, "busy");
        assertThat(ask(client)).contains("503");
        kubelet.answer("/pods", exchange -> {
            exchange.getResponseHeaders().add("Location", "https://elsewhere.example/");
            FakeKubelet.send(exchange, 302, new byte[0]);
        });
        assertThat(ask(client)).as("a token is not carried elsewhere").contains("302");
    }

    @Test
    void anAnswerThatBreaksOffOrIsTooLargeIsNoAnswer() {
        var kubelet = kubelet(authority.issue("node-1", "localhost"));
        var client = client(settings(kubelet).build());
        kubelet.cutOff("/pods", "half");
        assertThat(ask(client)).contains("broke off");
        kubelet.answer("/pods", 200, "x".repeat(101));
        assertThat(ask(client)).contains("too large");
        kubelet.answer("/pods", 200, "x".repeat(100));
        assertThat(ask(client)).hasSize(100);
    }

    @Test
    void aKubeletThatDoesNotAnswerIsGivenUp() {
        patience = new Patience(LONG, Duration.ofSeconds(1), LONG);
        var kubelet = kubelet(authority.issue("node-1", "localhost"));
        kubelet.hang("/pods");

        assertThat(ask(client(settings(kubelet).build()))).contains("did not answer within 1 s");
    }

    @Test
    void anAnswerThatDoesNotEndIsGivenUp() {
        patience = new Patience(LONG, LONG, Duration.ofSeconds(1));
        var kubelet = kubelet(authority.issue("node-1", "localhost"));
        kubelet.stall("/pods", "beginning");

        assertThat(ask(client(settings(kubelet).build()))).contains("did not end its answer within 1 s");
    }

    @Test
    void whoDoesNotSpeakTlsIsNoKubelet() throws IOException {
        try (var plain = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var thread = new Thread(() -> {
                try (var socket = plain.accept()) {
                    socket.getInputStream().read(new byte[10]);
                    socket.getOutputStream()
                            .write("HTTP/1.0 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                } catch (IOException e) {
                    // The client is gone.
                }
            });
            thread.setDaemon(true);
            thread.start();
            var settings = new Settings(plain.getLocalPort()).withoutCa().build();

            assertThat(ask(client(settings))).contains("TLS");
        }
    }

    @Test
    void afterClosingNothingIsAsked() {
        var kubelet = kubelet(authority.issue("node-1", "localhost"));
        var client = client(settings(kubelet).build());
        client.close();
        client.close();

        assertThat(ask(client)).contains("not asked any more");
        assertThat(kubelet.asked).isEmpty();
    }

    /** What was read, or why nothing was. */
    private static String ask(KubeletClient client) {
        return ask(client, "/pods");
    }

    private static String ask(KubeletClient client, String path) {
        var reply = client.get(path, "*/*", 100, in -> new String(in.readAllBytes(), StandardCharsets.UTF_8));
        return reply instanceof Reply.Good<String> good ? good.value() : ((Reply.Bad<String>) reply).reason();
    }

    private KubeletClient client(KubeletSettings settings) {
        return started(new KubeletClient(() -> settings, directory, patience, warnings::add));
    }

    private FakeKubelet kubelet(Signed certificate) {
        var kubelet = started(new FakeKubelet(certificate));
        kubelet.answer("/pods", 200, "ok");
        return kubelet;
    }

    private <T extends AutoCloseable> T started(T one) {
        if (one instanceof FakeKubelet kubelet) {
            kubelet.answer("/pods", 200, "ok");
        }
        open.add(one);
        return one;
    }

    private Path write(String name, String text) {
        try {
            return Files.writeString(directory.resolve(name), text);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static boolean canBind(InetAddress address) {
        try (var socket = new ServerSocket(0, 1, address)) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    private Settings settings(FakeKubelet kubelet) {
        return new Settings(kubelet.port());
    }

    /** By default: localhost, verified by the authority. */
    private final class Settings {
        private final int port;
        private String host = "localhost";
        private Optional<Path> ca = Optional.of(write("kubelet-ca.crt", authority.pem()));
        private Optional<ClientCertificate> client = Optional.empty();
        private Optional<Path> token = Optional.empty();
        private Optional<String> serverName = Optional.empty();
        private boolean skipVerify;

        Settings(int port) {
            this.port = port;
        }

        Settings host(String name) {
            host = name;
            return this;
        }

        Settings ca(Path path) {
            ca = Optional.of(path);
            return this;
        }

        Settings withoutCa() {
            ca = Optional.empty();
            return this;
        }

        Settings client(Signed signed) {
            return client(write("agent.crt", signed.pem()), write("agent.key", signed.pkcs8()));
        }

        Settings client(Path certificate, Path key) {
            client = Optional.of(new ClientCertificate(certificate, key));
            return this;
        }

        Settings token(Path path) {
            token = Optional.of(path);
            return this;
        }

        Settings serverName(String name) {
            serverName = Optional.of(name);
            return this;
        }

        Settings skipVerify() {
            ca = Optional.empty();
            skipVerify = true;
            return this;
        }

        KubeletSettings build() {
            return new KubeletSettings(host, port, ca, client, token, serverName, skipVerify);
        }
    }
}
