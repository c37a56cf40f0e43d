/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.benchmarks.host;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A socket that answers each connection once, as docker does that is asked whether it is there; what speaks gRPC gives up. */
public final class StandInDaemon implements AutoCloseable {
    private static final String ANSWER =
            "HTTP/1.1 200 OK\r\nApi-Version: 1.47\r\nContent-Length: 2\r\nConnection: close\r\n\r\nOK";
    private static final int REQUEST = 4096;

    private final Path socket;
    private final ServerSocketChannel channel;

    private StandInDaemon(Path socket, ServerSocketChannel channel) {
        this.socket = socket;
        this.channel = channel;
    }

    public static StandInDaemon listen(Path socket) throws IOException {
        var channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        channel.bind(UnixDomainSocketAddress.of(socket));
        var daemon = new StandInDaemon(socket, channel);
        var thread = new Thread(daemon::answer, "stand-in-daemon");
        thread.setDaemon(true);
        thread.start();
        return daemon;
    }

    /** Where it is. */
    public Path socket() {
        return socket;
    }

    private void answer() {
        while (channel.isOpen()) {
            try (var client = channel.accept()) {
                client.read(ByteBuffer.allocate(REQUEST));
                client.write(ByteBuffer.wrap(ANSWER.getBytes(StandardCharsets.US_ASCII)));
            } catch (IOException e) {
                continue; // who asked is gone, or this is closed
            }
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
