/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.node;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** In place of a kubelet: hears how a client begins, and hangs up. */
public final class Ear implements AutoCloseable {
    private static final int BEGINNING = 4096;

    private final ServerSocket socket = new ServerSocket();
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    /** @param port 0 for any */
    public Ear(String address, int port) throws IOException {
        socket.bind(new InetSocketAddress(InetAddress.getByName(address), port));
        var thread = new Thread(this::listen, "test-ear");
        thread.setDaemon(true);
        thread.start();
    }

    public int port() {
        return socket.getLocalPort();
    }

    /** The beginnings of connections, TLS' client hello among them, a byte a character. */
    public List<String> heard() {
        return heard;
    }

    /** Told of one more, or at once where there was one. */
    void onNext(Runnable listener) {
        listeners.add(listener);
        if (!heard.isEmpty()) {
            listener.run();
        }
    }

    private void listen() {
        while (!socket.isClosed()) {
            try (var client = socket.accept()) {
                var bytes = new byte[BEGINNING];
                var length = client.getInputStream().read(bytes);
                heard.add(new String(bytes, 0, Math.max(0, length), StandardCharsets.ISO_8859_1));
                listeners.forEach(Runnable::run);
            } catch (IOException e) {
                // closed, or a client that hung up first
            }
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
