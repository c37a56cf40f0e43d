/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.e2e.apiserver;

import io.fabric8.mockwebserver.http.MockResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** Compresses as an API server does ({@code endpoints/handlers/responsewriters/writers.go}): large answers, to who asks. */
final class Compression {
    /** {@code defaultGzipThresholdBytes}. */
    static final int FROM = 128 << 10;

    private Compression() {}

    /** @param accepted what the request's Accept-Encoding says; null if nothing */
    static MockResponse of(MockResponse answer, @Nullable String accepted) {
        var text = answer.getBody().getBytes();
        if (accepted == null || !accepted.contains("gzip") || text.length < FROM) {
            return answer;
        }
        return answer.setBody(zipped(text))
                .setHeader("Content-Encoding", "gzip")
                .setHeader("Vary", "Accept-Encoding");
    }

    private static byte[] zipped(byte[] text) {
        var zipped = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(zipped)) {
            gzip.write(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return zipped.toByteArray();
    }
}
