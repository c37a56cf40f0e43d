/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.k8s;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PushbackInputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** The text of an answer in gzip, as it is read: no more than so much, and to its end, where the checksum stands. */
final class Unzipped extends InputStream {
    /** The first byte of a gzip stream (RFC 1952), and of no JSON. */
    private static final int MAGIC = 0x1f;

    private static final int BUFFER = 8 << 10;

    private final InputStream in;
    private long left;

    private Unzipped(InputStream in, long most) {
        this.in = in;
        this.left = most;
    }

    /** Reads a text; need not read it to its end, and does not close it. */
    @FunctionalInterface
    interface Reader<T> {
        T read(InputStream text) throws IOException;
    }

    /**
     * Has an answer read, whether it is in gzip or not.
     *
     * @param most bytes of text in gzip
     * @throws LetGo.TooLargeException if it has more
     * @throws ZipException if it is no gzip to its end
     */
    static <T> T read(InputStream answer, long most, Reader<T> reader) throws IOException {
        var begun = new PushbackInputStream(answer);
        var first = begun.read();
        if (first >= 0) {
            begun.unread(first);
        }
        if (first != MAGIC) {
            return reader.read(begun);
        }
        try (var zipped = new GZIPInputStream(begun, BUFFER)) {
            var text = new Unzipped(zipped, most);
            var value = reader.read(text);
            text.transferTo(OutputStream.nullOutputStream());
            return value;
        } catch (EOFException e) {
            throw new ZipException("half a gzip stream");
        }
    }

    @Override
    public int read() throws IOException {
        var one = in.read();
        count(one < 0 ? 0 : 1);
        return one;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
        var n = in.read(into, from, length);
        count(Math.max(n, 0));
        return n;
    }

    private void count(int n) throws LetGo.TooLargeException {
        left -= n;
        if (left < 0) {
            throw new LetGo.TooLargeException();
        }
    }
}
