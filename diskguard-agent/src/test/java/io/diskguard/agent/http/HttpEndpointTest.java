/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.diskguard.config.HttpAddress;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HttpEndpointTest {
    private final Answers health = new Answers();
    private final Function<String, Page> metrics = accepted -> Page.text(200, "metrics as " + accepted);
    private final HttpEndpoint endpoint = open();
    private final HttpClient client = HttpClient.newHttpClient();

    @AfterEach
    void close() {
        endpoint.close();
    }

    @Test
    void aLivingAgentIsNotRestarted() throws Exception {
        assertThat(get("/healthz").statusCode()).isEqualTo(200);
        assertThat(get("/healthz").body()).isEqualTo("ok\n");
    }

    @Test
    void clientsThatDoNotEndTheirRequestsKeepNoProbeWaiting() throws Exception {
        var slow = new ArrayList<Socket>();
        try {
            for (var i = 0; i < 16; i++) {
                var client = new Socket("127.0.0.1", endpoint.port());
                slow.add(client);
                client.getOutputStream().write("GET /healthz".getBytes(StandardCharsets.US_ASCII));
            }
            assertTimeoutPreemptively(
                    Duration.ofSeconds(10),
                    () -> assertThat(get("/healthz").statusCode()).isEqualTo(200));
        } finally {
            for (var client : slow) {
                client.close();
            }
        }
    }

    @Test
    void anAgentThatHangsSaysSoAndIsRestarted() throws Exception {
        health.live = new Health.Check("loop", false, "has done nothing for 130 s");

        assertThat(get("/healthz").statusCode()).isEqualTo(503);
        assertThat(get("/healthz").body()).isEqualTo("loop: has done nothing for 130 s\n");
    }

    @Test
    void readinessListsEachCheckWithWhatWasFound() throws Exception {
        health.ready = List.of(
                new Health.Check("disks", true, "/data is on nvme0n1"), new Health.Check("pods", false, "\"quoted\""));

        var answer = get("/readyz");

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
        var json = new ObjectMapper().readTree(answer.body());
        assertThat(json.at("/ready").booleanValue()).isFalse();
        assertThat(json.at("/checks/0/name").textValue()).isEqualTo("disks");
        assertThat(json.at("/checks/0/ok").booleanValue()).isTrue();
        assertThat(json.at("/checks/1/ok").booleanValue()).isFalse();
        assertThat(json.at("/checks/1/detail").textValue()).isEqualTo("\"quoted\"");
    }

    @Test
    void whenEveryCheckHoldsTheAgentIsReady() throws Exception {
        var answer = get("/readyz");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(new ObjectMapper().readTree(answer.body()).at("/ready").booleanValue())
                .isTrue();
    }

    @Test
    void metricsAreGivenAsTheClientAcceptsThem() throws Exception {
        assertThat(send(request("/metrics").header("Accept", "text/x").build()).body())
                .isEqualTo("metrics as text/x\n");
    }

    @Test
    void onlyThePathsThatAreThereAnswer() throws Exception {
        assertThat(get("/").statusCode()).isEqualTo(404);
        assertThat(get("/healthz/../secret").statusCode()).isEqualTo(404);
        assertThat(get("/healthzz").statusCode()).isEqualTo(404);
    }

    @Test
    void nothingCanBeWritten() throws Exception {
        for (var method : List.of("POST", "PUT", "DELETE", "BREW")) {
            var answer = send(request("/healthz")
                    .method(method, HttpRequest.BodyPublishers.ofString("x"))
                    .build());
            assertThat(answer.statusCode()).as(method).isEqualTo(405);
            assertThat(answer.headers().firstValue("Allow")).contains("GET, HEAD, OPTIONS");
        }
    }

    @Test
    void whatIsAllowedCanBeAsked() throws Exception {
        var answer = send(request("/healthz")
                .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
                .build());
        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(answer.headers().firstValue("Allow")).contains("GET, HEAD, OPTIONS");
    }

    @Test
    void aHeadHasTheHeadersOfTheAnswerOnly() throws Exception {
        var answer = send(request("/healthz")
                .method("HEAD", HttpRequest.BodyPublishers.noBody())
                .build());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEmpty();
    }

    @Test
    void aHealthThatFailsIsAnAnswerToo() throws Exception {
        health.ready = List.of();
        health.broken = true;

        assertThat(get("/readyz").statusCode()).isEqualTo(500);
        assertThat(get("/healthz").statusCode()).isEqualTo(200);
    }

    @Test
    void anAddressInUseIsSaid() {
        var taken = new HttpAddress("127.0.0.1", endpoint.port());
        assertThatThrownBy(() -> HttpEndpoint.open(taken, health, metrics))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("cannot be had")
                .hasMessageContaining("in use");
    }

    @Test
    void aHostThatIsNotKnownIsSaid() {
        assertThatThrownBy(() -> HttpEndpoint.open(new HttpAddress("no.such.host.invalid", 0), health, metrics))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("not known");
    }

    private HttpEndpoint open() {
        try {
            return HttpEndpoint.open(new HttpAddress("127.0.0.1", 0), health, metrics);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private HttpResponse<String> get(String path) throws Exception {
        return send(request(path).build());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + endpoint.port() + path));
    }

    private HttpResponse<String> send(HttpRequest request) throws Exception {
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static final class Answers implements Health {
        private volatile Check live = new Check("loop", true, "turns");
        private volatile List<Check> ready = List.of(new Check("pods", true, "3 known"));
        private volatile boolean broken;

        @Override
        public Check liveness() {
            return live;
        }

        @Override
        public List<Check> readiness() {
            if (broken) {
                throw new IllegalStateException("broken for the test");
            }
            return ready;
        }
    }
}
