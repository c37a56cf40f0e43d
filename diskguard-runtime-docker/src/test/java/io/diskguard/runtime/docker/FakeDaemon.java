/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.runtime.docker;

import io.diskguard.model.CgroupPath;
import io.diskguard.spi.Environment;
import io.diskguard.spi.HostPaths;
import io.diskguard.spi.Ticker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** As much of a docker daemon as answers on a unix socket, and the processes of its containers. */
final class FakeDaemon implements AutoCloseable {
    /** How it answers. */
    enum Mood {
        WELL,
        NEVER,
        GARBAGE,
        /** Half of the document, with the length of the whole. */
        CUT,
        ERROR,
        /** Well-formed, and not of docker. */
        STRANGER,
        /** Well, but without events. */
        MUTE,
        /** Well, but never answers who asks for events. */
        DREAMY
    }

    private final Path directory;
    private final Map<String, FakeContainer> containers = new LinkedHashMap<>();
    private final List<SocketChannel> connections = new ArrayList<>();
    private final List<SocketChannel> subscribers = new ArrayList<>();
    private Optional<ServerSocketChannel> server = Optional.empty();
    private Runnable beforeList = () -> {};
    private Mood mood = Mood.WELL;
    private String cgroupDriver = "cgroupfs";
    private int accepted;
    private int lists;
    private long lastPid = 100;

    FakeDaemon(Path directory) {
        this.directory = directory;
    }

    Path socket() {
        return directory.resolve("docker.sock");
    }

    Path proc() {
        return directory.resolve("proc");
    }

    Environment environment() {
        return new Environment(
                new HostPaths(proc(), directory, directory, directory, directory),
                Clock.systemUTC(),
                Ticker.system(),
                Map.of());
    }

    synchronized FakeDaemon start() {
        try {
            var listening = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            listening.bind(UnixDomainSocketAddress.of(socket()));
            server = Optional.of(listening);
            FakeHttp.thread(() -> accept(listening));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Its containers stay. */
    synchronized void stop() {
        server.ifPresent(FakeHttp::close);
        server = Optional.empty();
        dropConnections();
        try {
            Files.deleteIfExists(socket());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    synchronized void dropConnections() {
        connections.forEach(FakeHttp::close);
        connections.clear();
        subscribers.clear();
    }

    synchronized void answer(Mood other) {
        mood = other;
    }

    synchronized void driver(String other) {
        cgroupDriver = other;
    }

    /** Done while a list is being answered, with the containers of before. */
    synchronized void beforeList(Runnable action) {
        beforeList = action;
    }

    /** Waits until the client has closed every connection. */
    boolean awaitNoConnections() throws InterruptedException {
        return awaitNoConnectionsBut(0);
    }

    synchronized boolean awaitNoConnectionsBut(int few) throws InterruptedException {
        for (var tries = 0; tries < 20 && connections.size() > few; tries++) {
            wait(1000);
        }
        return connections.size() <= few;
    }

    synchronized int accepted() {
        return accepted;
    }

    synchronized int lists() {
        return lists;
    }

    /** Creates and starts it; returns its cgroup. */
    CgroupPath run(FakeContainer container) {
        create(container);
        return start(container.id());
    }

    synchronized void create(FakeContainer container) {
        containers.put(container.id(), container.withCreated(containers.size() % 60));
        tell(container, "create");
    }

    synchronized CgroupPath start(String id) {
        var container = change(id, "start", before -> before.withPid(++lastPid));
        return process(container);
    }

    private CgroupPath process(FakeContainer container) {
        var path = new CgroupPath(
                (container.cgroupParent().isEmpty() ? "/docker" : container.cgroupParent()) + "/" + container.id());
        process(container.id(), "11:cpu:/elsewhere\n4:blkio:" + path + "\n");
        return path;
    }

    /** What its process says of its cgroups. */
    synchronized void process(String id, String cgroups) {
        try {
            var directory = proc().resolve(Long.toString(containers.get(id).pid()));
            Files.writeString(Files.createDirectories(directory).resolve("cgroup"), cgroups);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    synchronized void die(String id) {
        endProcess(containers.get(id));
        change(id, "die", before -> before.withPid(0));
    }

    synchronized void remove(String id) {
        var container = containers.remove(id);
        if (container.pid() > 0) {
            endProcess(container);
            tell(container, "die");
        }
        tell(container, "destroy");
    }

    synchronized FakeContainer change(String id, String event, UnaryOperator<FakeContainer> how) {
        var container = how.apply(containers.get(id));
        containers.put(id, container);
        tell(container, event);
        return container;
    }

    private void endProcess(FakeContainer container) {
        try {
            Files.deleteIfExists(proc().resolve(Long.toString(container.pid())).resolve("cgroup"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Does it without a word. */
    synchronized void mute(Runnable action) {
        var listening = List.copyOf(subscribers);
        subscribers.clear();
        action.run();
        subscribers.addAll(listening);
    }

    /** Says something else on the event streams. */
    synchronized void say(String text) {
        for (var subscriber : List.copyOf(subscribers)) {
            try {
                FakeHttp.chunk(subscriber, text);
            } catch (IOException e) {
                subscribers.remove(subscriber);
            }
        }
    }

    private void tell(FakeContainer container, String event) {
        say(container.event(event));
    }

    private void accept(ServerSocketChannel listening) {
        try {
            while (true) {
                var connection = listening.accept();
                synchronized (this) {
                    connections.add(connection);
                    accepted++;
                }
                FakeHttp.thread(() -> serve(connection));
            }
        } catch (IOException e) {
            // stopped
        }
    }

    private void serve(SocketChannel connection) {
        try {
            var in = Channels.newInputStream(connection);
            var head = new StringBuilder();
            for (int next; (next = in.read()) >= 0; ) {
                head.append((char) next);
                if (head.indexOf("\r\n\r\n") >= 0) {
                    var target = head.toString().split(" ")[1];
                    head.setLength(0);
                    respond(connection, target.split("\\?")[0]);
                }
            }
        } catch (IOException e) {
            // the client went, or we were stopped
        } finally {
            FakeHttp.close(connection);
            synchronized (this) {
                connections.remove(connection);
                subscribers.remove(connection);
                notifyAll();
            }
        }
    }

    private void respond(SocketChannel connection, String path) throws IOException {
        if (path.equals("/containers/json")) {
            list(connection);
            return;
        }
        synchronized (this) {
            if (mood == Mood.WELL && path.equals("/events")) {
                FakeHttp.write(
                        connection,
                        "HTTP/1.1 200 OK\r\nApi-Version: 1.41\r\nContent-Type: application/json\r\n"
                                + "Transfer-Encoding: chunked\r\n\r\n");
                subscribers.add(connection);
            } else if (mood == Mood.MUTE && path.equals("/events")) {
                FakeHttp.write(connection, FakeHttp.head(500, 2) + "{}");
            } else if (mood == Mood.DREAMY && path.equals("/events")) {
                return;
            } else if (path.equals("/_ping")) {
                send(connection, 200, "OK");
            } else if (path.equals("/info")) {
                send(connection, 200, "{\"CgroupDriver\":\"" + cgroupDriver + "\"}");
            } else {
                // As the daemon does: a name or the beginning of an id will do
                var which = path.replaceFirst("/containers/(.*)/json", "$1");
                var container = containers.values().stream()
                        .filter(one -> one.id().startsWith(which) || one.name().equals(which))
                        .findFirst();
                send(
                        connection,
                        container.isPresent() ? 200 : 404,
                        container.map(FakeContainer::inspected).orElse("{\"message\":\"No such container\"}"));
            }
        }
    }

    private void list(SocketChannel connection) throws IOException {
        String body;
        Runnable meanwhile;
        synchronized (this) {
            lists++;
            body = containers.values().stream().map(FakeContainer::listed).collect(Collectors.joining(",", "[", "]"));
            meanwhile = beforeList;
            beforeList = () -> {};
        }
        meanwhile.run();
        synchronized (this) {
            send(connection, 200, body);
        }
    }

    private void send(SocketChannel connection, int status, String body) throws IOException {
        var length = body.length();
        switch (mood) {
            case WELL, MUTE, DREAMY -> FakeHttp.write(connection, FakeHttp.head(status, length) + body);
            case NEVER -> {}
            case GARBAGE -> FakeHttp.write(connection, "\0\1\2 220 smtp.example.org ready\r\n\r\n");
            case CUT -> {
                FakeHttp.write(connection, FakeHttp.head(status, length) + body.substring(0, length / 2));
                FakeHttp.close(connection);
            }
            case ERROR -> FakeHttp.write(connection, FakeHttp.head(500, 21) + "{\"message\":\"tired\"}   ");
            case STRANGER -> FakeHttp.write(connection, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}");
        }
    }

    @Override
    public void close() {
        stop();
    }
}
