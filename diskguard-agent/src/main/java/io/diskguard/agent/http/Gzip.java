/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/** Compresses fast rather than best. Not thread-safe. */
final class Gzip extends GZIPOutputStream {
    private static final int BUFFER = 8 * 1024;

    Gzip(OutputStream out) throws IOException {
        super(out, BUFFER);
        def.setLevel(Deflater.BEST_SPEED);
    }

    static ByteArrayOutputStream of(ByteArrayOutputStream plain) throws IOException {
        var compressed = new ByteArrayOutputStream(plain.size() / 2);
        try (var gzip = new Gzip(compressed)) {
            plain.writeTo(gzip);
        }
        return compressed;
    }

    /** Frees what is outside of the heap, also where nothing more can be written. */
    void free() {
        def.end();
    }
}
