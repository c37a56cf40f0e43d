/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.e2e.apiserver;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;

/**
 * Ends TLS in front of a server on the loopback: the server's own certificate is a new one with each start, and its
 * connections cannot be broken on purpose. Thread-safe.
 */
final class TlsFront implements AutoCloseable {
    private static final int BUFFER = 16 * 1024;
    private static final int BACKLOG = 50;

    private final int target;
    private final Consumer<String> delivered;
    private final ServerSocket door;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    /**
     * @param port 0 for a free one
     * @param delivered told of what {@link Answers} sees
     */
    TlsFront(SSLContext tls, InetAddress address, int port, int target, Consumer<String> delivered) {
        this.target = target;
        this.delivered = delivered;
        try {
            door = tls.getServerSocketFactory().createServerSocket();
            door.setReuseAddress(true);
            door.bind(new InetSocketAddress(address, port), BACKLOG);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        daemon(this::accept);
    }

    int port() {
        return door.getLocalPort();
    }

    /** Breaks every connection without a goodbye; new ones are served. */
    void cut() {
        open.forEach(TlsFront::close);
    }

    @Override
    public void close() {
        close(door);
        cut();
    }

    private void accept() {
        try {
            while (true) {
                var client = door.accept();
                daemon(() -> connect(client));
            }
        } catch (IOException e) {
            // The door is closed.
        }
    }

    private void connect(Socket client) {
        try {
            client.setTcpNoDelay(true);
            var server = new Socket(InetAddress.getLoopbackAddress(), target);
            server.setTcpNoDelay(true);
            open.add(client);
            open.add(server);
            daemon(() -> copy(client, server, Answers.NONE));
            copy(server, client, new Answers(delivered));
        } catch (IOException e) {
            close(client);
        }
    }

    private void copy(Socket from, Socket to, Answers answers) {
        try {
            var in = from.getInputStream();
            var out = to.getOutputStream();
            var buffer = new byte[BUFFER];
            for (var n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                answers.passing(buffer, n);
                out.write(buffer, 0, n);
                out.flush();
            }
        } catch (IOException e) {
            // Broken, as it may be.
        } finally {
            open.remove(from);
            open.remove(to);
            close(from);
            close(to);
        }
    }

    private static void close(AutoCloseable socket) {
        try {
            socket.close();
        } catch (Exception e) {
            // Broken already.
        }
    }

    private static void daemon(Runnable task) {
        var thread = new Thread(task, "tls");
        thread.setDaemon(true);
        thread.start();
    }
}
