/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.runtime.docker;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/** HTTP/1.1 by hand. */
final class FakeHttp {
    private FakeHttp() {}

    static String head(int status, int length) {
        return "HTTP/1.1 " + status + " X\r\nApi-Version: 1.41\r\nContent-Type: application/json\r\nContent-Length: "
                + length + "\r\n\r\n";
    }

    static void chunk(SocketChannel connection, String text) throws IOException {
        write(connection, Integer.toHexString(text.length()) + "\r\n" + text + "\r\n");
    }

    static void write(SocketChannel connection, String text) throws IOException {
        var bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
        while (bytes.hasRemaining()) {
            connection.write(bytes);
        }
    }

    static void close(AutoCloseable channel) {
        try {
            channel.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    static void thread(Runnable task) {
        var thread = new Thread(task, "fake-docker");
        thread.setDaemon(true);
        thread.start();
    }
}
