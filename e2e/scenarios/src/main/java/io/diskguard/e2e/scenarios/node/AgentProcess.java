/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.e2e.scenarios.node;

import static org.awaitility.Awaitility.await;

import io.diskguard.e2e.scenarios.machine.Machine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * The agent as its image has it, in a process of its own that is root and has no capability: {@code run}, with a configuration, a
 * state directory and a log that outlive it. Started, killed and started again as often as is wanted; killed when closed. Not
 * thread-safe.
 */
public final class AgentProcess implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(90);
    private static final Duration ANSWER = Duration.ofSeconds(20);
    private static final Pattern PORT = Pattern.compile("health on port (\\d+)");
    private static final int OK = 200;

    private final Path app;
    private final Path directory;
    private final List<String> told;
    private final List<String> options;
    private final HttpClient http = HttpClient.newHttpClient();
    private Optional<Process> process = Optional.empty();
    private long logged;

    private AgentProcess(Path app, Path directory, List<String> told, List<String> options) {
        this.app = app;
        this.directory = directory;
        this.told = told;
        this.options = options;
    }

    /** Not started yet. Its files are in the directory, which is made if it is not there. */
    public static AgentProcess in(Machine machine, Path directory) {
        return in(machine, directory, List.of("node_name: node-1"), List.of());
    }

    /** One that no cluster tells of its pods but a directory of manifests. */
    public static AgentProcess withPodsIn(Path pods, Machine machine, Path directory) {
        return in(machine, directory, List.of(), List.of("--pods-dir", pods.toString()));
    }

    private static AgentProcess in(Machine machine, Path directory, List<String> told, List<String> options) {
        try {
            return new AgentProcess(machine.app(), Files.createDirectories(directory), told, options);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Gives it a configuration in one step, as an editor that renames: before a start, or live.
     *
     * @param lines YAML, without {@code http_address} and {@code state_dir}, which it has already
     */
    public void configure(String... lines) {
        var all = new ArrayList<>(List.of("http_address: 127.0.0.1:0", "state_dir: " + directory.resolve("state")));
        all.addAll(told);
        all.addAll(List.of(lines));
        try {
            var next = Files.write(directory.resolve("config.next"), all);
            Files.move(next, config(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Its configuration's file. */
    public Path config() {
        return directory.resolve("config.yaml");
    }

    /** Starts it and waits until it is ready. */
    public void start() {
        launch();
        awaitReady();
    }

    /** Starts it, and does not wait. */
    public void launch() {
        if (isRunning()) {
            throw new IllegalStateException("it runs already");
        }
        logged = log().length();
        var command = new ArrayList<>(List.of("run", "--config", config().toString()));
        command.addAll(options);
        process = Optional.of(
                begin(List.of(), ProcessBuilder.Redirect.appendTo(logFile().toFile()), command));
    }

    /** Until {@code /readyz} says so. */
    public void awaitReady() {
        try {
            await().atMost(START)
                    .pollInterval(Duration.ofMillis(100))
                    .failFast("the agent ended", () -> !isRunning())
                    .until(this::isReady);
        } catch (RuntimeException e) {
            throw new AssertionError("never ready; its log:\n" + log().substring((int) logged), e);
        }
    }

    /** Whether it answers, and is ready. */
    public boolean isReady() {
        if (port().isEmpty()) {
            return false;
        }
        try {
            return ask("/readyz").statusCode() == OK;
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    /** What another command of the agent says, in the same configuration and with no capabilities either; both streams. */
    public String run(String... command) {
        return runWith(config(), command);
    }

    /** The same with another configuration. */
    public String runWith(Path configuration, String... command) {
        return runIn(List.of(), configuration, command);
    }

    /** The same, started by a program that is given the command as its last arguments. */
    public String runIn(List<String> starter, Path configuration, String... command) {
        var all = new ArrayList<>(List.of(command));
        all.addAll(List.of("--config", configuration.toString()));
        var asked = begin(starter, ProcessBuilder.Redirect.PIPE, all);
        try (var out = asked.inputReader()) {
            var said = new StringBuilder();
            out.lines().forEach(line -> said.append(line).append('\n'));
            asked.waitFor();
            return said.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What its command line begins with; the process does not fork. */
    public static List<String> command(Path app) {
        // what `securityContext: {capabilities: {drop: [ALL]}, allowPrivilegeEscalation: false}` comes to for root
        return List.of(
                "setpriv",
                "--bounding-set=-all",
                "--inh-caps=-all",
                "--no-new-privs",
                app.resolve("runtime/bin/java").toString(),
                "@" + app.resolve("diskguard"));
    }

    private Process begin(List<String> starter, ProcessBuilder.Redirect out, List<String> arguments) {
        var command = new ArrayList<>(starter);
        command.addAll(command(app));
        command.addAll(arguments);
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(out)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The body of {@code GET path}, whatever the status. */
    public String get(String path) {
        return ask(path).body();
    }

    private HttpResponse<String> ask(String path) {
        var port = port().orElseThrow(() -> new IllegalStateException("it listens on no port yet"));
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(ANSWER)
                .build();
        try {
            return http.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A metric's value; its name with its labels as {@code /metrics} writes them. */
    public Optional<Double> metric(String series) {
        return get("/metrics")
                .lines()
                .filter(line -> line.startsWith(series + " "))
                .map(line -> Double.valueOf(line.substring(series.length() + 1)))
                .findFirst();
    }

    /** Where it listens since its last start; empty until it does. */
    public Optional<Integer> port() {
        var matcher = PORT.matcher(log());
        return matcher.find((int) logged) ? Optional.of(Integer.valueOf(matcher.group(1))) : Optional.empty();
    }

    /** All that it ever said. */
    public String log() {
        try {
            return Files.exists(logFile()) ? Files.readString(logFile()) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path logFile() {
        return directory.resolve("log");
    }

    public boolean isRunning() {
        return process.filter(Process::isAlive).isPresent();
    }

    /** @throws IllegalStateException if it was never started */
    public long pid() {
        return running().pid();
    }

    private Process running() {
        return process.orElseThrow(() -> new IllegalStateException("it was never started"));
    }

    /** The effective, permitted, inheritable, bounding and ambient capabilities of its process, each once. */
    public List<String> capabilities() {
        try {
            return Files.readAllLines(Machine.paths().proc().resolve(pid() + "/status")).stream()
                    .filter(line -> line.startsWith("Cap"))
                    .map(line -> line.split("\\s+")[1])
                    .distinct()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@code kill -9}; gone when this returns. */
    public void kill() {
        running().destroyForcibly();
        awaitEnd();
    }

    /** {@code SIGTERM}; its exit status. */
    public int stop() {
        running().destroy();
        awaitEnd();
        return running().exitValue();
    }

    private void awaitEnd() {
        try {
            if (!running().waitFor(START.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("the agent does not end");
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        if (isRunning()) {
            kill();
        }
    }
}
