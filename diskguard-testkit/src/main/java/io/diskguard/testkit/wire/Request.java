/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.testkit.wire;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What was asked.
 *
 * @param target path and query
 * @param headers by name in lower case
 */
public record Request(String method, String target, Map<String, String> headers, String body) {
    private static final String END = "\r\n\r\n";

    /** The target without its query. */
    public String path() {
        return target.replaceFirst("\\?.*", "");
    }

    static Optional<Request> read(InputStream in) throws IOException {
        var head = new StringBuilder();
        while (head.indexOf(END) < 0) {
            var next = in.read();
            if (next < 0) {
                return Optional.empty();
            }
            head.append((char) next);
        }
        var lines = head.toString().split("\r\n");
        var headers = new TreeMap<String, String>();
        for (var i = 1; i < lines.length; i++) {
            var parts = lines[i].split(":", 2);
            headers.put(parts[0].toLowerCase(Locale.ROOT), parts[1].strip());
        }
        var first = lines[0].split(" ");
        return Optional.of(new Request(first[0], first[1], headers, body(in, headers)));
    }

    private static String body(InputStream in, Map<String, String> headers) throws IOException {
        if (headers.getOrDefault("transfer-encoding", "").equals("chunked")) {
            throw new IOException("bodies in chunks are not understood");
        }
        var length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
        var bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("half a request");
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
