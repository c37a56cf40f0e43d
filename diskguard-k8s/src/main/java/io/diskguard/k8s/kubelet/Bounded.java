/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.k8s.kubelet;

import java.io.IOException;
import java.io.InputStream;
import java.io.Serial;

/** An answer of which no more than so much is read. Who reads it does not close it. */
final class Bounded extends InputStream {
    private static final int DRAIN = 8192;

    private final InputStream in;
    private long left;

    Bounded(InputStream in, long most) {
        this.in = in;
        this.left = most;
    }

    static final class TooLargeException extends IOException {
        @Serial
        private static final long serialVersionUID = 1;
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

    /** Reads what is left: a connection whose answer was read whole serves again. */
    void drain() throws IOException {
        var buffer = new byte[DRAIN];
        while (read(buffer) >= 0) {
            // Nothing is done with it.
        }
    }

    @Override
    public void close() {
        // Who opened it does.
    }

    private void count(int n) throws TooLargeException {
        left -= n;
        if (left < 0) {
            throw new TooLargeException();
        }
    }
}
