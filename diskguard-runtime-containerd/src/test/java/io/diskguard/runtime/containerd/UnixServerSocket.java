/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.runtime.containerd;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import javax.net.ServerSocketFactory;

/** The other side of {@link UnixSocket}. */
final class UnixServerSocket extends ServerSocket {
    private final ServerSocketChannel channel;
    private final Path path;

    private UnixServerSocket(Path path) throws IOException {
        this.path = path;
        this.channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    }

    static ServerSocketFactory at(Path path) {
        return new ServerSocketFactory() {
            @Override
            public ServerSocket createServerSocket() throws IOException {
                return new UnixServerSocket(path);
            }

            @Override
            public ServerSocket createServerSocket(int port) throws IOException {
                return createServerSocket();
            }

            @Override
            public ServerSocket createServerSocket(int port, int backlog) throws IOException {
                return createServerSocket();
            }

            @Override
            public ServerSocket createServerSocket(int port, int backlog, InetAddress address) throws IOException {
                return createServerSocket();
            }
        };
    }

    @Override
    public void bind(SocketAddress ignored) throws IOException {
        channel.bind(UnixDomainSocketAddress.of(path));
    }

    @Override
    public Socket accept() throws IOException {
        return new UnixSocket(channel.accept());
    }

    @Override
    public SocketAddress getLocalSocketAddress() {
        try {
            return channel.getLocalAddress();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public boolean isClosed() {
        return channel != null && !channel.isOpen();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
