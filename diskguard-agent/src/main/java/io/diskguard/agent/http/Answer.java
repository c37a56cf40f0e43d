/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.http;

import com.sun.net.httpserver.HttpExchange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Locale;

/**
 * A page on its way to a client: with its length where it is small, else in chunks as it is written, so that memory does not
 * grow with it; compressed where the client takes that and it is worth it. Not thread-safe.
 */
final class Answer extends OutputStream {
    private static final int HELD = 32 * 1024;
    private static final int WORTH_COMPRESSING = 4 * 1024;

    private final HttpExchange exchange;
    private final Page page;
    private final boolean head;
    private final boolean compressible;
    private ByteArrayOutputStream held = new ByteArrayOutputStream(1024);
    private OutputStream out = OutputStream.nullOutputStream();
    private boolean begun;

    private Answer(HttpExchange exchange, Page page) {
        this.exchange = exchange;
        this.page = page;
        this.head = exchange.getRequestMethod().equals("HEAD");
        this.compressible = takesGzip(exchange);
    }

    /** Sends the whole answer; after a failure the connection is of no use. */
    static void send(HttpExchange exchange, Page page) throws IOException {
        var headers = exchange.getResponseHeaders();
        headers.set("Content-Type", page.contentType());
        headers.set("Cache-Control", "no-store");
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("Vary", "Accept-Encoding");
        page.headers().forEach(headers::set);
        var answer = new Answer(exchange, page);
        try {
            page.body().writeTo(answer);
            answer.end();
        } finally {
            if (answer.out instanceof Gzip gzip) {
                gzip.free();
            }
        }
    }

    @Override
    public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        if (!begun && held.size() + length > HELD) {
            begun = true;
            var raw = begin(0, compressible);
            out = compressible ? new Gzip(raw) : raw;
            held.writeTo(out);
            held = new ByteArrayOutputStream(0);
        }
        if (begun) {
            out.write(bytes, offset, length);
        } else {
            held.write(bytes, offset, length);
        }
    }

    private void end() throws IOException {
        if (begun) {
            out.close();
            return;
        }
        var compressed = compressible && held.size() >= WORTH_COMPRESSING;
        var whole = compressed ? Gzip.of(held) : held;
        try (var body = begin(whole.size(), compressed)) {
            whole.writeTo(body);
        }
    }

    /** @param length 0 where it is not known */
    private OutputStream begin(int length, boolean compressed) throws IOException {
        var headers = exchange.getResponseHeaders();
        if (compressed) {
            headers.set("Content-Encoding", "gzip");
        }
        if (!head) {
            exchange.sendResponseHeaders(page.status(), length == 0 && !begun ? -1 : length);
            return length == 0 && !begun ? OutputStream.nullOutputStream() : exchange.getResponseBody();
        }
        if (!begun) {
            headers.set("Content-Length", String.valueOf(length));
        }
        exchange.sendResponseHeaders(page.status(), -1);
        return OutputStream.nullOutputStream();
    }

    private static boolean takesGzip(HttpExchange exchange) {
        for (var header : exchange.getRequestHeaders().getOrDefault("Accept-Encoding", List.of())) {
            for (var coding : header.toLowerCase(Locale.ROOT).split(",")) {
                if (coding.strip().startsWith("gzip")
                        && !coding.replace(" ", "").matches("gzip;q=0(\\.0*)?")) {
                    return true;
                }
            }
        }
        return false;
    }
}
