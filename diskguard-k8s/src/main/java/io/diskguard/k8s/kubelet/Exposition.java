/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.k8s.kubelet;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Reads {@code /metrics/cadvisor} as it comes, line by line in one buffer that is kept. Not thread-safe. */
final class Exposition {
    private static final int BUFFER = 64 << 10;
    private static final int LONGEST_LINE = 1 << 20;

    private final Row row = new Row();
    private byte[] buffer = new byte[BUFFER];

    /**
     * Hands the rows that matter over.
     *
     * @throws IOException if reading fails, or it ends within a line
     */
    void read(InputStream in, Counters into) throws IOException {
        var begin = 0;
        var end = 0;
        while (true) {
            if (end == buffer.length) {
                System.arraycopy(buffer, begin, buffer, 0, end - begin);
                end -= begin;
                begin = 0;
                if (end == buffer.length) {
                    grow();
                }
            }
            var n = in.read(buffer, end, buffer.length - end);
            if (n < 0) {
                break;
            }
            var looked = end;
            end += n;
            for (var at = looked; at < end; at++) {
                if (buffer[at] == '\n') {
                    line(begin, at, into);
                    begin = at + 1;
                }
            }
        }
        if (begin != end) {
            throw new EOFException("the last line does not end");
        }
    }

    private void line(int from, int to, Counters into) {
        var metric = Metric.of(buffer, from, to);
        if (metric != null && row.read(buffer, from + metric.length(), to)) {
            into.add(metric, row);
        }
    }

    private void grow() throws IOException {
        if (buffer.length >= LONGEST_LINE) {
            throw new IOException("a line that is longer than " + LONGEST_LINE + " bytes");
        }
        buffer = Arrays.copyOf(buffer, 2 * buffer.length);
    }
}
