/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.benchmarks.agent;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.diskguard.benchmarks.host.AgentVariant;
import io.diskguard.benchmarks.host.LoopDisk;
import io.diskguard.benchmarks.host.Ports;
import io.diskguard.benchmarks.host.ProcessStatus;
import io.diskguard.benchmarks.host.SeededApiServer;
import io.diskguard.benchmarks.host.Waiting;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** One life of the agent: started, watched until everything is limited, then at work as on a quiet node, then ended. */
final class AgentRun {
    private static final Duration START = Duration.ofSeconds(60);
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final int PROBE_EACH = 10;
    private static final int CHANGE_EACH = 5;
    private static final int LAST_WORDS = 20;

    private final SeededApiServer api;
    private final PodCgroups cgroups;
    private final LoopDisk disk;
    private final Optional<Path> socket;
    private final Path scratch;
    private int changes;

    AgentRun(SeededApiServer api, PodCgroups cgroups, LoopDisk disk, Optional<Path> socket, Path scratch) {
        this.api = api;
        this.cgroups = cgroups;
        this.disk = disk;
        this.socket = socket;
        this.scratch = scratch;
    }

    AgentFigures measure(AgentVariant variant, Optional<MemoryLimit> limit, int warmUpSeconds, int idleSeconds)
            throws IOException {
        cgroups.renew();
        int port = Ports.free();
        var process = start(variant, limit, port);
        try {
            long begin = process.begin();
            Waiting.until(
                    "every limit is in the kernel", process.process(), START, () -> cgroups.allLimited(disk.device()));
            long limited = System.nanoTime();
            var cpu = ProcessStatus.of(process.process().pid()).cpuSeconds();
            Waiting.until("ready", process.process(), START, () -> answers(port, "/readyz"));
            double anonymous = work(process.process(), port, warmUpSeconds);
            var before = ProcessStatus.of(process.process().pid());
            long from = System.nanoTime();
            anonymous = Math.max(anonymous, work(process.process(), port, idleSeconds));
            var after = ProcessStatus.of(process.process().pid());
            double minutes = (System.nanoTime() - from) / 60e9;
            if (!cgroups.allLimited(disk.device())) {
                throw new IOException("a limit was lost; the agent's last words:\n" + lastWords());
            }
            return new AgentFigures(
                    (limited - begin) / 1e9,
                    cpu,
                    Math.max(anonymous, after.anonymousMb()),
                    (after.cpuSeconds() - before.cpuSeconds()) / minutes,
                    after,
                    limit.isPresent() ? OptionalDouble.of(limit.get().workingSetMb()) : OptionalDouble.empty());
        } finally {
            Waiting.end(process.process());
        }
    }

    private record Started(Process process, long begin) {}

    private Started start(AgentVariant variant, Optional<MemoryLimit> limit, int port) throws IOException {
        var state = Files.createTempDirectory(scratch, "state");
        var config = scratch.resolve("config.yaml");
        Files.writeString(
                config,
                String.join(
                        "\n",
                        "data_devices: [" + disk.device() + "]",
                        "state_dir: " + state,
                        "http_address: 127.0.0.1:" + port,
                        "container_runtime: " + (socket.isPresent() ? "containerd" : "none"),
                        socket.map(path -> "container_socket_path: " + path).orElse(""),
                        "smart_limit_enabled: true",
                        ""));
        var command = new ArrayList<>(variant.command());
        command.addAll(List.of("run", "--config", config.toString()));
        var inPod = api.inPod(command);
        var builder = new ProcessBuilder(limit.map(it -> it.around(inPod)).orElse(inPod))
                .redirectErrorStream(true)
                .redirectOutput(scratch.resolve("agent.log").toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("MALLOC_") || name.contains("JAVA"));
        builder.environment().putAll(variant.variables());
        builder.environment().put("HOST_PROC", cgroups.proc().toString());
        builder.environment().put("NODE_NAME", SeededApiServer.NODE);
        builder.environment().put("KUBERNETES_SERVICE_HOST", "127.0.0.1");
        builder.environment().put("KUBERNETES_SERVICE_PORT", api.port());
        long begin = System.nanoTime();
        return new Started(builder.start(), begin);
    }

    /** A quiet node: a pod changes each 5 s, probes come each 10 s; the most anonymous memory seen. */
    private double work(Process process, int port, int seconds) throws IOException {
        double most = 0;
        for (int second = 1; second <= seconds; second++) {
            Waiting.pause(process, SECOND);
            if (second % CHANGE_EACH == 0) {
                changes++;
                // One without limits of its own
                api.annotate("ns-1", "db-1", "example.org/change", Integer.toString(changes));
            }
            if (second % PROBE_EACH == 0 && !(answers(port, "/healthz") && answers(port, "/readyz"))) {
                throw new IOException("not healthy or not ready");
            }
            most = Math.max(most, ProcessStatus.of(process.pid()).anonymousMb());
        }
        return most;
    }

    private String lastWords() throws IOException {
        var lines = Files.readAllLines(scratch.resolve("agent.log"));
        return String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_WORDS), lines.size()));
    }

    private static boolean answers(int port, String path) throws IOException {
        var connection = (HttpURLConnection)
                URI.create("http://127.0.0.1:" + port + path).toURL().openConnection();
        try {
            connection.setReadTimeout(5000);
            if (connection.getResponseCode() != 200) {
                return false;
            }
            return !new String(connection.getInputStream().readAllBytes(), UTF_8).contains("\"ready\":false");
        } catch (java.net.ConnectException e) {
            return false;
        } finally {
            connection.disconnect();
        }
    }
}
