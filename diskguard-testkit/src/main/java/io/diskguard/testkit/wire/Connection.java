/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.testkit.wire;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;

/** One client. What is written while it reads does not wait for that. */
interface Connection {
    InputStream in() throws IOException;

    void write(byte[] bytes) throws IOException;

    /** Ends it at once; over TCP with a reset. */
    void abort();

    static Connection of(Socket socket) {
        return new Connection() {
            @Override
            public InputStream in() throws IOException {
                return socket.getInputStream();
            }

            @Override
            public void write(byte[] bytes) throws IOException {
                OutputStream out = socket.getOutputStream();
                out.write(bytes);
                out.flush();
            }

            @Override
            public void abort() {
                try {
                    socket.setSoLinger(true, 0);
                    socket.close();
                } catch (IOException e) {
                    // It is gone already.
                }
            }
        };
    }

    static Connection of(SocketChannel channel) {
        return new Connection() {
            private final InputStream in = Channels.newInputStream(channel);

            @Override
            public InputStream in() {
                return in;
            }

            @Override
            public void write(byte[] bytes) throws IOException {
                var buffer = ByteBuffer.wrap(bytes);
                while (buffer.hasRemaining()) {
                    channel.write(buffer);
                }
            }

            @Override
            public void abort() {
                try {
                    channel.close();
                } catch (IOException e) {
                    // It is gone already.
                }
            }
        };
    }
}
