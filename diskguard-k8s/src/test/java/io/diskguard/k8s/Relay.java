/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.k8s;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** A network between client and server that can break. It sees only what TLS shows it. */
final class Relay implements AutoCloseable {
    private static final int BUFFER = 4096;

    private final int target;
    private final ServerSocket door;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicLong left = new AtomicLong(Long.MAX_VALUE);
    private final Set<Socket> frozen = ConcurrentHashMap.newKeySet();
    private volatile boolean away;

    Relay(int target) {
        this.target = target;
        try {
            door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        daemon(this::accept);
    }

    int port() {
        return door.getLocalPort();
    }

    /** Breaks every connection; new ones are served. */
    void cut() {
        open.forEach(Relay::close);
    }

    /** Breaks every connection, and new ones at once, until {@link #reopen}. */
    void takeAway() {
        away = true;
        cut();
    }

    /** Swallows what the server says on the connections that are open: as when its machine lost its power. */
    void freeze() {
        frozen.addAll(open);
    }

    void reopen() {
        left.set(Long.MAX_VALUE);
        away = false;
    }

    /** Breaks every connection once so many more bytes came from the server: in the middle of an answer. */
    void cutAfter(long bytes) {
        left.set(bytes);
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
                if (away) {
                    close(client);
                    continue;
                }
                var server = new Socket(InetAddress.getLoopbackAddress(), target);
                open.add(client);
                open.add(server);
                daemon(() -> copy(client, server, false));
                daemon(() -> copy(server, client, true));
            }
        } catch (IOException e) {
            // The door is closed.
        }
    }

    private void copy(Socket from, Socket to, boolean counted) {
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            var buffer = new byte[BUFFER];
            for (var n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                if (counted && left.get() != Long.MAX_VALUE && left.addAndGet(-n) < 0) {
                    left.set(Long.MAX_VALUE);
                    cut();
                    return;
                }
                if (!frozen.contains(from)) {
                    out.write(buffer, 0, n);
                    out.flush();
                }
            }
        } catch (IOException e) {
            // Broken, as it may be.
        } finally {
            close(from);
            close(to);
            open.remove(from);
            open.remove(to);
        }
    }

    private static void close(AutoCloseable socket) {
        try {
            socket.close();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static void daemon(Runnable task) {
        var thread = new Thread(task, "relay");
        thread.setDaemon(true);
        thread.start();
    }
}
