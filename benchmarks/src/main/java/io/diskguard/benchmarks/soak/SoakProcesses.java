/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.benchmarks.soak;

import io.diskguard.benchmarks.host.AgentVariant;
import io.diskguard.benchmarks.host.Ports;
import io.diskguard.benchmarks.host.SeededApiServer;
import io.diskguard.e2e.churn.Daemon;
import io.diskguard.e2e.churn.Server;
import io.diskguard.e2e.churn.Waiting;
import io.diskguard.model.DeviceId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The agent, its API server and its configuration. Not thread-safe. */
final class SoakProcesses implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final int SHOWN = 40;

    private final Path scratch;
    private final Path api;
    private final Waiting waiting;
    private final AgentVariant shipped;
    private final int port = Ports.free();
    private final SoakConfig config;
    private final ConfigMap map;
    private final Daemon server;
    private Optional<Server> now = Optional.empty();
    private Optional<Daemon> agent = Optional.empty();

    SoakProcesses(Path home, Path scratch, DeviceId disk, Optional<Path> runtime, AgentVariant shipped, Waiting waiting)
            throws IOException {
        this.scratch = scratch;
        this.waiting = waiting;
        this.shipped = shipped;
        api = Files.createDirectory(scratch.resolve("api"));
        config = new SoakConfig(disk, scratch.resolve("state"), port, runtime);
        map = new ConfigMap(scratch.resolve("config"));
        server = new Daemon(scratch, "apiserver", SeededApiServer.command(home, api));
    }

    int port() {
        return port;
    }

    Path sent() {
        return api.resolve("sent.jsonl");
    }

    Path writes() {
        return api.resolve("writes.jsonl");
    }

    Server startServer() throws IOException {
        var ready = api.resolve("ready");
        Files.deleteIfExists(ready);
        server.start();
        if (!waiting.until(PATIENCE, () -> Files.exists(ready) && server.isAlive())) {
            throw new IOException("the API server does not start");
        }
        return connect();
    }

    /** Anew. */
    Server connect() {
        now = Optional.of(new Server(api));
        return server();
    }

    /** As it was when it was started last. */
    Server server() {
        return now.orElseThrow();
    }

    void killServer() {
        server.kill();
    }

    /** As in a pod: shipped options, a service account, no capability. */
    void startAgent() throws IOException {
        map.exchange(config.text(0));
        var command = new ArrayList<>(List.of("env", "-u", "JAVA_TOOL_OPTIONS", "-u", "JDK_JAVA_OPTIONS"));
        shipped.variables().forEach((name, value) -> command.add(name + "=" + value));
        command.add("NODE_NAME=" + SeededApiServer.NODE);
        command.add("KUBERNETES_SERVICE_HOST=127.0.0.1");
        command.add("KUBERNETES_SERVICE_PORT="
                + Files.readString(api.resolve("port")).strip());
        command.addAll(List.of("setpriv", "--bounding-set=-all", "--inh-caps=-all", "--no-new-privs"));
        command.addAll(shipped.command());
        command.addAll(List.of("run", "--config", map.file().toString()));
        var started = new Daemon(scratch, "agent", SeededApiServer.inPod(api, command));
        started.start();
        agent = Optional.of(started);
    }

    void configure(int number) throws IOException {
        map.exchange(config.text(number));
    }

    void misconfigure(int number) throws IOException {
        map.exchange(SoakConfig.broken(number));
    }

    long agentPid() {
        return agent.orElseThrow().pid();
    }

    /** Of those on whom it depends how soon a limit is right. */
    List<Long> pids() {
        return Stream.concat(agent.stream(), Stream.of(server))
                .map(Daemon::pid)
                .filter(pid -> pid > 0)
                .toList();
    }

    boolean agentIsAlive() {
        return agent.orElseThrow().isAlive();
    }

    int stopAgent() {
        return agent.orElseThrow().stop();
    }

    /** The last lines of everybody's log. */
    List<String> logs() throws IOException {
        var last = new ArrayList<String>();
        for (Map.Entry<String, String> log :
                Map.of("apiserver", "received request", "agent", "\0").entrySet()) {
            var file = scratch.resolve(log.getKey() + ".log");
            if (Files.exists(file)) {
                var lines = Files.readString(file)
                        .lines()
                        .filter(line -> !line.contains(log.getValue()))
                        .toList();
                last.add("--- " + log.getKey());
                last.addAll(lines.subList(Math.max(0, lines.size() - SHOWN), lines.size()));
            }
        }
        return last;
    }

    @Override
    public void close() {
        try {
            agent.ifPresent(Daemon::close);
        } finally {
            server.close();
        }
    }
}
