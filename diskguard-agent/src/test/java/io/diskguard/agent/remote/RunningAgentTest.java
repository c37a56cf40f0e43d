/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.sun.net.httpserver.HttpServer;
import io.diskguard.config.HttpAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RunningAgentTest {
    private HttpServer server;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        page("/", 404, "{\"success\": false, \"message\": \"nothing\"}");
        server.start();
    }

    @AfterEach
    void end() {
        server.stop(0);
    }

    @Test
    void itsExplanationIsWhatTheEnvelopeHolds() {
        page("/api/v1/explain/shop/db", 200, """
                {"success": true, "message": "", "data": {"namespace": "shop", "pod": "db"}, "count": 1}""");

        assertThat(agent().explanation("shop", "db").orElseThrow().path("pod").asText())
                .isEqualTo("db");
        assertThat(agent().explanation("shop", "none")).isEmpty();
    }

    @Test
    void anAgentIsKnownByItsReadinessAndItsVersionByItsInfo() {
        page("/readyz", 503, """
                {"ready": false, "checks": [{"name": "pods", "ok": false, "detail": "late"}, {"name": "a", "ok": true}]}""");
        page("/api/v1/info", 200, "{\"success\": true, \"data\": {\"version\": \"1.2.3\"}}");

        assertThat(agent().state()).isInstanceOfSatisfying(RunningAgent.Ours.class, ours -> {
            assertThat(ours.version()).contains("1.2.3");
            assertThat(ours.failing()).containsExactly("pods: late");
        });
    }

    @Test
    void anotherServerIsNoAgentAndAFreePortIsNobody() {
        assertThat(agent().state()).isEqualTo(new RunningAgent.Another("it answers 404 and not as an agent does"));
        var free = agent();
        server.stop(0);
        assertThat(free.state()).isEqualTo(new RunningAgent.Nobody());
        assertThat(free.explanation("shop", "db")).isEmpty();
    }

    @Test
    void anAnswerThatNeverEndsIsNotWaitedFor() {
        var client = new CountDownLatch(1);
        server.createContext("/api/v1/explain/shop/drips", exchange -> {
            try (exchange) {
                exchange.sendResponseHeaders(200, 0);
                while (!client.await(20, TimeUnit.MILLISECONDS)) {
                    exchange.getResponseBody().write(' ');
                    exchange.getResponseBody().flush();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        var agent =
                RunningAgent.at(new HttpAddress("127.0.0.1", server.getAddress().getPort()), Duration.ofMillis(500));
        try {
            assertTimeoutPreemptively(Duration.ofSeconds(20), () -> assertThat(agent.explanation("shop", "drips"))
                    .isEmpty());
        } finally {
            client.countDown();
        }
    }

    @Test
    void whereItListensEverywhereTheLoopbackIsAsked() {
        var everywhere = RunningAgent.at(new HttpAddress("0.0.0.0", 2112), Duration.ofSeconds(1));
        assertThat(everywhere.url("/x")).isEqualTo("http://127.0.0.1:2112/x");
    }

    private RunningAgent agent() {
        var address = new HttpAddress("127.0.0.1", server.getAddress().getPort());
        return RunningAgent.at(address, Duration.ofSeconds(20));
    }

    private void page(String path, int status, String body) {
        server.createContext(path, exchange -> {
            try (exchange) {
                var bytes = body.getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(status, bytes.length);
                exchange.getResponseBody().write(bytes);
            }
        });
    }
}
