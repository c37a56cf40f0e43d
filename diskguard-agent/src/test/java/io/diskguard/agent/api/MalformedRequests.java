/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.api;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/** What a client sends that means no good, or nothing; the same for the same seed. */
final class MalformedRequests {
    private static final String HOST = " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
    private static final List<String> PATHS = List.of(
            "/",
            "/healthz",
            "/readyz",
            "/metrics",
            "/api/v1/containers",
            "/api/v1/limit-status",
            "/api/v1/explain/default/db",
            "/api/v1/config/history",
            "/api/v1/openapi.json");
    private static final List<String> ODD_PATHS = List.of(
            "/%00",
            "/api/v1/containers/%00",
            "/api/v1/containers/%2e%2e%2f%2e%2e%2fetc%2fpasswd",
            "/../../etc/passwd",
            "/api/v1/../../etc/passwd",
            "/%zz",
            "/%",
            "/%c0%ae%c0%ae/",
            "//",
            "///api/v1/containers",
            "/api/v1/explain/%ff%fe/%f0%28%8c%28",
            "/api/v1/explain/default/",
            "/api/v1/explain//db",
            "/\\..\\",
            "http://elsewhere.example/api/v1/info",
            "http:///",
            "mailto:nobody",
            "*",
            "?",
            "/?%",
            "",
            "/api/v1/containers;a=b",
            "/api/v1/containers#part",
            "/\u00e9",
            "/api/v1/limit-status/" + "%25".repeat(400));
    private static final List<String> QUERIES = List.of(
            "limit=-1",
            "limit=0x10",
            "limit=1&limit=1",
            "limit",
            "=",
            "&&&",
            "=&=",
            "namespace=",
            "namespace=%00",
            "pod=%ff",
            "pod=" + "p".repeat(4000),
            "include_trend=maybe",
            "nothing=here",
            "limit=%F0%9F%92%A9",
            "limit=x" + "%F0%9F%92%A9".repeat(60),
            "a[]=1&a[]=2",
            "limit=1;drop",
            "%6cimit=1&limit=1",
            "<script>=1",
            "limit=" + "9".repeat(3000));
    private static final List<String> METHODS = List.of(
            "POST",
            "PUT",
            "PATCH",
            "TRACE",
            "CONNECT",
            "BREW",
            "get",
            "G\u0000ET",
            "GET\t",
            "<GET>",
            "OPTIONS",
            "HEAD",
            "Z".repeat(3000));
    private static final List<String> HEADERS = List.of(
            "Content-Length: -1",
            "Content-Length: 99999999999999999999",
            "Content-Length: many",
            "Content-Length: 5\r\nContent-Length: 6",
            "Content-Length: 5\r\nTransfer-Encoding: chunked",
            "Transfer-Encoding: chunked",
            "Transfer-Encoding: rot13",
            "Content-Length: 2000000000",
            "Expect: 100-continue",
            "Connection: upgrade\r\nUpgrade: h2c",
            "Accept-Encoding: gzip;q=much, ,;,*",
            "Accept: " + "a/b,".repeat(2000),
            ": nothing",
            "No colon",
            " folded: yes",
            "Bad\u0000Name: 1",
            "Cookie: " + "c".repeat(20_000),
            "X: " + "\u0001".repeat(100));

    private final Random random;

    MalformedRequests(long seed) {
        this.random = new Random(seed);
    }

    byte[] next() {
        return switch (random.nextInt(12)) {
            case 0 -> latin1("GET " + any(ODD_PATHS) + HOST);
            case 1, 2 -> latin1("GET " + any(PATHS) + "?" + any(QUERIES) + "&" + any(QUERIES) + HOST);
            case 3 -> latin1(any(METHODS) + " " + any(PATHS) + HOST);
            case 4, 5 ->
                latin1(any(METHODS) + " " + any(PATHS) + " HTTP/1.1\r\n" + any(HEADERS) + "\r\n" + any(HEADERS)
                        + "\r\n\r\nsome body");
            case 6 ->
                latin1("GET " + any(PATHS) + " HTTP/1.1\r\n" + "X-Much: 1\r\n".repeat(random.nextInt(3000)) + "\r\n");
            case 7 -> many();
            case 8 -> latin1("GET /" + "x".repeat(random.nextInt(40_000)) + HOST);
            case 9 ->
                latin1(any(List.of(
                        "GET /healthz\r\n\r\n",
                        "GET\r\n\r\n",
                        "\r\n\r\n\r\n",
                        " \r\n\r\n",
                        "GET  /healthz HTTP/1.1\r\n\r\n",
                        "GET /healthz HTTP/9.9\r\n\r\n",
                        "GET /healthz NONSENSE\r\n\r\n",
                        "GET /healthz HTTP/1.1\n\n",
                        "GET /healthz HTTP/1.1\r\nHost",
                        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
                        "GET /healthz HTTP/1.0\r\nConnection: keep-alive\r\n\r\nGET / HTTP/1.0\r\n\r\n")));
            case 10 -> binary();
            default -> broken(latin1("GET " + any(PATHS) + "?" + any(QUERIES) + HOST));
        };
    }

    /** Different headers, more than a server takes. */
    private byte[] many() {
        var text = new StringBuilder("GET ").append(any(PATHS)).append(" HTTP/1.1\r\n");
        for (var i = random.nextInt(2000); i > 0; i--) {
            text.append("X-").append(i).append(": ").append(i).append("\r\n");
        }
        return latin1(text.append("\r\n").toString());
    }

    /** As a client of TLS begins, and after that anything. */
    private byte[] binary() {
        var bytes = new byte[1 + random.nextInt(3000)];
        random.nextBytes(bytes);
        bytes[0] = 0x16;
        return bytes;
    }

    /** Ends anywhere, or has some other bytes in it. */
    private byte[] broken(byte[] request) {
        var out = new ByteArrayOutputStream();
        out.write(request, 0, random.nextInt(request.length));
        if (random.nextBoolean()) {
            out.write(random.nextInt(256));
            out.writeBytes(latin1(HOST));
        }
        return out.toByteArray();
    }

    private String any(List<String> list) {
        return list.get(random.nextInt(list.size()));
    }

    private static byte[] latin1(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
