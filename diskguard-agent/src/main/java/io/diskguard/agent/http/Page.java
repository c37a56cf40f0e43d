/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * An answer: status, type and body. Immutable.
 *
 * @param headers more of them, beside those that every answer has
 */
public record Page(int status, String contentType, Map<String, String> headers, Body body) {
    private static final String JSON = "application/json";

    /** What is sent after the headers. Large ones are best written piece by piece: no answer is held in memory whole. */
    @FunctionalInterface
    public interface Body {
        void writeTo(OutputStream out) throws IOException;
    }

    public Page {
        headers = Map.copyOf(headers);
    }

    public Page(int status, String contentType, Body body) {
        this(status, contentType, Map.of(), body);
    }

    public Page(int status, String contentType, String text) {
        this(status, contentType, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }

    static Page text(int status, String text) {
        return new Page(status, "text/plain; charset=utf-8", text + "\n");
    }

    static Page json(int status, String text) {
        return new Page(status, JSON, text);
    }

    public static Page json(int status, Body body) {
        return new Page(status, JSON, body);
    }

    /** The body as text. */
    public String text() {
        var out = new ByteArrayOutputStream();
        try {
            body.writeTo(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString(StandardCharsets.UTF_8);
    }
}
