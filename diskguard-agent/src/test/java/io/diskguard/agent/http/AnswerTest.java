/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.diskguard.config.HttpAddress;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AnswerTest {
    private static final String LINE = "All work and no play. ";
    private static final int LARGE = 100_000;

    private final HttpEndpoint endpoint = open();
    private final HttpClient client = HttpClient.newHttpClient();

    private HttpEndpoint open() {
        try {
            return HttpEndpoint.open(
                    new HttpAddress("127.0.0.1", 0),
                    new Silent(),
                    accepted -> new Page(200, "text/plain", ""),
                    new FixedRoutes(Map.of(
                            "/small", accepted -> Page.text(200, "small"),
                            "/medium", accepted -> Page.text(200, LINE.repeat(500)),
                            "/large", accepted -> large(() -> {}),
                            "/broken",
                                    accepted -> large(() -> {
                                        throw new IllegalStateException("broken for the test");
                                    }),
                            "/broken-at-once",
                                    accepted -> new Page(200, "text/plain", out -> {
                                        throw new IllegalStateException("broken for the test");
                                    }))));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Written line by line. */
    private static Page large(Runnable end) {
        return new Page(200, "text/plain", out -> {
            for (var i = 0; i < LARGE; i++) {
                out.write(LINE.getBytes(StandardCharsets.UTF_8));
            }
            end.run();
        });
    }

    @AfterEach
    void close() {
        endpoint.close();
    }

    @Test
    void aLargeAnswerComesInPiecesAndWhole() throws Exception {
        var answer = get("/large");
        assertThat(answer.headers().firstValue("Content-Length")).isEmpty();
        assertThat(answer.body()).isEqualTo(LINE.repeat(LARGE).getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void whoTakesItCompressedGetsItSoWhereItIsWorthIt() throws Exception {
        for (var path : List.of("/large", "/medium")) {
            var answer = get(path, "Accept-Encoding", "deflate, gzip;q=0.9");
            assertThat(answer.headers().firstValue("Content-Encoding")).contains("gzip");
            var plain = get(path).body();
            assertThat(answer.body().length).isLessThan(plain.length / 4);
            try (var unpacked = new GZIPInputStream(new ByteArrayInputStream(answer.body()))) {
                assertThat(unpacked.readAllBytes()).isEqualTo(plain);
            }
        }
        assertThat(get("/small", "Accept-Encoding", "gzip").headers().firstValue("Content-Encoding"))
                .isEmpty();
        for (var none : List.of("identity", "gzip;q=0", "br")) {
            assertThat(get("/large", "Accept-Encoding", none).headers().firstValue("Content-Encoding"))
                    .as(none)
                    .isEmpty();
        }
    }

    @Test
    void nothingIsKeptByACacheOrTakenForWhatItIsNot() throws Exception {
        for (var path : List.of("/small", "/large", "/nowhere", "/healthz")) {
            var headers = get(path).headers();
            assertThat(headers.firstValue("Cache-Control")).contains("no-store");
            assertThat(headers.firstValue("X-Content-Type-Options")).contains("nosniff");
        }
    }

    @Test
    void aHeadHasWhatTheAnswerWouldHaveAndNoBody() throws Exception {
        for (var path : List.of("/small", "/medium", "/large")) {
            var answer = client.send(
                    request(path)
                            .method("HEAD", HttpRequest.BodyPublishers.noBody())
                            .build(),
                    HttpResponse.BodyHandlers.ofByteArray());
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).isEmpty();
            assertThat(answer.headers().firstValue("Content-Length"))
                    .isEqualTo(get(path).headers().firstValue("Content-Length"));
        }
    }

    @Test
    void anAnswerThatBreaksHalfWayDoesNotLookWhole() {
        assertThatThrownBy(() -> get("/broken")).isInstanceOf(IOException.class);
    }

    @Test
    void anAnswerThatBreaksBeforeItBeginsSaysSo() throws Exception {
        var answer = get("/broken-at-once");
        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(new String(answer.body(), StandardCharsets.UTF_8))
                .isEqualTo("this is a fault in DiskGuard, see its log\n");
    }

    private HttpResponse<byte[]> get(String path, String... headers) throws Exception {
        var request = request(path);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + endpoint.port() + path));
    }

    private record Silent() implements Health {
        @Override
        public Check liveness() {
            return new Check("loop", true, "turns");
        }

        @Override
        public List<Check> readiness() {
            return List.of();
        }
    }
}
