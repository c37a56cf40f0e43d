/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.testkit.wire;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/** Where clients come in, once. */
interface Door extends Closeable {
    Connection accept() throws IOException;

    /** Of TCP. */
    int port();

    static Door onLoopback(int port, Optional<SSLContext> tls) throws IOException {
        ServerSocket socket =
                tls.isPresent() ? tls.get().getServerSocketFactory().createServerSocket() : new ServerSocket();
        socket.setReuseAddress(true);
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        return new Door() {
            @Override
            public Connection accept() throws IOException {
                return Connection.of(socket.accept());
            }

            @Override
            public int port() {
                return socket.getLocalPort();
            }

            @Override
            public void close() throws IOException {
                socket.close();
            }
        };
    }

    static Door at(Path path) throws IOException {
        Files.deleteIfExists(path);
        var channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        channel.bind(UnixDomainSocketAddress.of(path));
        return new Door() {
            @Override
            public Connection accept() throws IOException {
                return Connection.of(channel.accept());
            }

            @Override
            public int port() {
                return 0;
            }

            @Override
            public void close() throws IOException {
                channel.close();
                Files.deleteIfExists(path);
            }
        };
    }
}
