/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.benchmarks.agent;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.diskguard.benchmarks.host.PlainHost;
import io.diskguard.benchmarks.host.StandInDaemon;
import io.diskguard.benchmarks.host.Waiting;
import io.diskguard.e2e.apiserver.ApiServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * Runs the agent in a process of its own, on a host of plain files, until it has limited a container and has asked whoever there
 * is to be asked: what it says tells that, not the time.
 */
final class SceneRun {
    private static final String LIMITED = " - limited shop/db/app ";
    private static final Pattern PORT = Pattern.compile("health on port (\\d+)");
    private static final Pattern SERVER = Pattern.compile("http://127.0.0.1:\\d+");
    private static final List<String> PATHS = List.of("/", "/metrics", "/api/v1/info", "/api/v1/containers");
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final String NODE = "node-1";

    private final List<String> program;
    private final Path directory;

    /**
     * @param program what leads Java to the agent
     * @param directory one that is empty, for each scene
     */
    SceneRun(List<String> program, Path directory) {
        this.program = List.copyOf(program);
        this.directory = directory;
    }

    /** Has the API server of this process keep its log to itself; comes before anything is logged. */
    static void quietly() {
        System.setProperty("slf4j.provider", "org.slf4j.helpers.NOP_FallbackServiceProvider");
    }

    LoadedClasses of(Scene scene) throws IOException {
        var socket = directory.resolve("runtime.sock");
        if (!scene.hasRuntime()) {
            return beside(socket, scene);
        }
        try (var daemon = StandInDaemon.listen(socket)) {
            return beside(daemon.socket(), scene);
        }
    }

    private LoadedClasses beside(Path socket, Scene scene) throws IOException {
        var host = PlainHost.make(directory);
        var pod = host.pod(NODE, scheme(scene));
        var pods = Files.createDirectory(directory.resolve("pods"));
        Files.writeString(pods.resolve("db.json"), pod.toString());
        var variables = new HashMap<>(host.variables());
        variables.putAll(Map.of(
                "LC_ALL",
                "C.UTF-8",
                "HTTP_ADDRESS",
                "127.0.0.1:0",
                "CONTAINER_RUNTIME",
                runtime(scene),
                "CONTAINER_SOCKET_PATH",
                socket.toString()));
        if (scene != Scene.CLUSTER) {
            return run(scene, arguments(scene, pods), variables);
        }
        try (var api = ApiServer.start(directory.resolve("api"))) {
            api.put(pod);
            variables.put("NODE_NAME", NODE);
            variables.put("KUBECONFIG_PATH", kubeconfig(api).toString());
            return run(scene, arguments(scene, pods), variables);
        }
    }

    /** Of the pod's containers. */
    private static String scheme(Scene scene) {
        return runtime(scene).equals("docker") ? "docker" : "containerd";
    }

    private static String runtime(Scene scene) {
        return switch (scene) {
            case NO_RUNTIME -> "auto";
            case NO_DOCKER, WITH_DOCKER -> "docker";
            case NO_CONTAINERD, WITH_CONTAINERD -> "containerd";
            default -> "none";
        };
    }

    private List<String> arguments(Scene scene, Path pods) throws IOException {
        return switch (scene) {
            case VERSION -> List.of("--version");
            case TOP_PLAIN -> List.of("top", "--plain", "-n", "1", "-d", "0.5", "--pods-dir", pods.toString());
            case SIMULATE -> List.of("simulate", "--hours", "1", "--load", "backup=2800w@4m/6m");
            case CLUSTER -> List.of("run");
            case FILE -> {
                var file = Files.writeString(directory.resolve("config.yaml"), "check_interval: 20s\n");
                yield List.of("run", "--pods-dir", pods.toString(), "--config", file.toString());
            }
            default -> List.of("run", "--pods-dir", pods.toString());
        };
    }

    /** JSON: in a pod the agent has an account, and reads no YAML to get to the server. */
    private Path kubeconfig(ApiServer api) throws IOException {
        var server = SERVER.matcher(Files.readString(api.kubeconfig()));
        if (!server.find()) {
            throw new IOException(api.kubeconfig() + " names no server");
        }
        return Files.writeString(directory.resolve("kubeconfig.json"), """
                {"apiVersion": "v1", "kind": "Config", "current-context": "a",
                 "clusters": [{"name": "a", "cluster": {"server": "%s"}}],
                 "contexts": [{"name": "a", "context": {"cluster": "a", "user": "a"}}],
                 "users": [{"name": "a", "user": {"token": "agent"}}]}
                """.formatted(server.group()));
    }

    private LoadedClasses run(Scene scene, List<String> arguments, Map<String, String> variables) throws IOException {
        var loaded = directory.resolve("classes");
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", LoadedClasses.into(loaded)));
        command.addAll(program);
        command.addAll(arguments);
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(variables);
        var process = builder.start();
        CompletableFuture.delayedExecutor(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .execute(process::destroyForcibly);
        var said = new ArrayList<String>();
        try (var lines = process.inputReader(UTF_8)) {
            if (scene.guards()) {
                until(LIMITED, lines, said);
                if (scene == Scene.LOOKED_AT) {
                    ask(said);
                }
                process.toHandle().destroy(); // leaves its output to be read
            }
            lines.lines().forEach(said::add);
            Waiting.end(process, PATIENCE);
        } finally {
            process.destroyForcibly();
        }
        if (!scene.guards() && process.exitValue() != 0) {
            throw new IOException(scene + " failed: " + said);
        }
        return LoadedClasses.read(loaded);
    }

    private static void until(String words, BufferedReader lines, List<String> said) throws IOException {
        for (var line = lines.readLine(); line != null; line = lines.readLine()) {
            said.add(line);
            if (line.contains(words)) {
                return;
            }
        }
        throw new IOException("it never said" + words + "but " + said);
    }

    private static void ask(List<String> said) throws IOException {
        var port = PORT.matcher(String.join("\n", said));
        if (!port.find()) {
            throw new IOException("it never said its port but " + said);
        }
        for (var path : PATHS) {
            try (var answer = URI.create("http://127.0.0.1:" + port.group(1) + path)
                    .toURL()
                    .openStream()) {
                answer.readAllBytes();
            }
        }
    }
}
