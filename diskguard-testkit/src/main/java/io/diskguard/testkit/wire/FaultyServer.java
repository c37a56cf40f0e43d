/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.testkit.wire;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * A server of HTTP/1.1 on a real socket that answers as its peer does, but for operations that a test gave a fault.
 * Thread-safe.
 *
 * @param <O> what may be asked of it
 */
public final class FaultyServer<O extends Enum<O>> implements AutoCloseable {
    private final Peer<O> peer;
    private final Opener opener;
    private final Map<O, Fault> faults = new ConcurrentHashMap<>();
    private final List<O> asked = new CopyOnWriteArrayList<>();
    private final List<String> unforeseen = new CopyOnWriteArrayList<>();
    private final Map<Connection, Optional<O>> connections = new ConcurrentHashMap<>();
    private int port;
    private @Nullable Door door;
    private @Nullable Thread doorkeeper;

    @FunctionalInterface
    private interface Opener {
        Door open(int port) throws IOException;
    }

    private FaultyServer(Peer<O> peer, Opener opener) {
        this.peer = peer;
        this.opener = opener;
    }

    /** On a port of its own of the loopback address, which it keeps. */
    public static <O extends Enum<O>> FaultyServer<O> onLoopback(Peer<O> peer, Optional<SSLContext> tls) {
        return new FaultyServer<>(peer, port -> Door.onLoopback(port, tls)).comeBack();
    }

    /** At a unix socket. */
    public static <O extends Enum<O>> FaultyServer<O> at(Path socket, Peer<O> peer) {
        return new FaultyServer<>(peer, port -> Door.at(socket)).comeBack();
    }

    /** Of TCP. */
    public synchronized int port() {
        return port;
    }

    /** From now on the operation is answered so. */
    public FaultyServer<O> fault(O operation, Fault fault) {
        faults.put(operation, fault);
        return this;
    }

    /** From now on every operation is answered so. */
    public FaultyServer<O> faultAll(Class<O> operations, Fault fault) {
        EnumSet.allOf(operations).forEach(operation -> fault(operation, fault));
        return this;
    }

    /** From now on all is well; who still waits for an answer waits on. */
    public FaultyServer<O> mend() {
        faults.clear();
        return this;
    }

    /** Breaks every connection. */
    public void cut() {
        connections.keySet().forEach(Connection::abort);
    }

    /** Says it on every connection that is open for that operation's stream. */
    public void push(O operation, byte[] bytes) {
        streams(operation).forEach(connection -> {
            try {
                connection.write(bytes);
            } catch (IOException e) {
                connection.abort();
            }
        });
    }

    /** How many streams of the operation are open. */
    public int open(O operation) {
        return streams(operation).size();
    }

    /** How many connections there are. */
    public int connections() {
        return connections.size();
    }

    /** How often it was asked. */
    public int asked(O operation) {
        return (int) asked.stream().filter(operation::equals).count();
    }

    /** What was asked that no test knows of: it has no row. */
    public List<String> unforeseen() {
        return List.copyOf(unforeseen);
    }

    /** Nobody listens there any more. */
    public synchronized void goAway() {
        var open = door;
        if (open != null) {
            door = null;
            close(open);
            end(doorkeeper);
        }
        cut();
    }

    /** Listens again where it did. */
    public synchronized FaultyServer<O> comeBack() {
        try {
            var opened = opener.open(port);
            port = opened.port();
            door = opened;
            doorkeeper = daemon(() -> accept(opened));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        goAway();
    }

    private Set<Connection> streams(O operation) {
        var open = ConcurrentHashMap.<Connection>newKeySet();
        connections.forEach((connection, stream) -> {
            if (stream.equals(Optional.of(operation))) {
                open.add(connection);
            }
        });
        return open;
    }

    private void accept(Door from) {
        try {
            while (true) {
                var connection = from.accept();
                connections.put(connection, Optional.empty());
                daemon(() -> serve(connection));
            }
        } catch (IOException e) {
            // The door is closed.
        }
    }

    private void serve(Connection connection) {
        try {
            Supplier<Optional<Request>> next = () -> read(connection);
            for (var request = next.get(); request.isPresent(); request = next.get()) {
                answer(connection, request.get());
            }
        } catch (IOException | UncheckedIOException e) {
            // The client went, or was cut off.
        } finally {
            connections.remove(connection);
            connection.abort();
        }
    }

    private static Optional<Request> read(Connection connection) {
        try {
            return Request.read(connection.in());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void answer(Connection connection, Request request) throws IOException {
        var operation = peer.operation(request);
        if (operation.isEmpty()) {
            unforeseen.add(request.method() + " " + request.target());
            connection.write(Reply.json(404, "{}").bytes());
            return;
        }
        var fault = Optional.ofNullable(faults.get(operation.get()));
        var good = peer.answer(operation.get(), request);
        asked.add(operation.get());
        if (fault.isPresent()) {
            Misbehaviour.commit(fault.get(), connection, good);
            if (fault.get().isSilence()) {
                untilItGoes(connection);
            }
            return;
        }
        connection.write(good.bytes());
        if (good.goes()) {
            connections.put(connection, operation);
            untilItGoes(connection);
        }
    }

    private static void untilItGoes(Connection connection) throws IOException {
        connection.in().transferTo(OutputStream.nullOutputStream());
        throw new IOException("it went");
    }

    private static void close(Door door) {
        try {
            door.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The kernel goes on listening until nobody waits for clients any more, and who was let in then is to be cut off too. */
    private static void end(@Nullable Thread thread) {
        try {
            if (thread != null) {
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static Thread daemon(Runnable task) {
        var thread = new Thread(task, "faulty-server");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }
}
