/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.runtime.docker;

import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.diskguard.spi.Environment;
import io.diskguard.spi.HostPaths;
import io.diskguard.spi.Ticker;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A docker daemon with data, state and socket in a directory of its own, without network, and an image {@code box} of a
 * static busybox. Aborts the test, with the reason, where it is not to be had.
 */
final class RealDocker implements AutoCloseable {
    private final Path directory;
    private final RealCgroups cgroups = new RealCgroups();
    private Process daemon;

    private RealDocker(Path directory) {
        this.directory = directory;
    }

    static RealDocker open(Path directory) {
        assumeTrue("root".equals(System.getProperty("user.name")), "a docker daemon needs root");
        for (var tool : List.of("dockerd", "docker", "busybox", "tar")) {
            assumeTrue(installed(tool), tool + " is not installed");
        }
        assumeTrue(isStatic(execute(List.of("sh", "-c", "command -v busybox"))), "busybox is not linked statically");
        var docker = new RealDocker(directory);
        try {
            docker.start();
        } catch (IllegalStateException e) {
            docker.close();
            return abort(e.getMessage());
        }
        try {
            docker.importImage();
            return docker;
        } catch (RuntimeException | Error e) {
            docker.close();
            throw e;
        }
    }

    Environment environment() {
        return new Environment(
                HostPaths.host(), Clock.systemUTC(), Ticker.system(), Map.of("DOCKER_HOST", "unix://" + socket()));
    }

    Path socket() {
        return directory.resolve("docker.sock");
    }

    /** Containers outlive it ({@code --live-restore}). */
    void start() {
        try {
            daemon = new ProcessBuilder(
                            "dockerd",
                            "--data-root=" + directory.resolve("data"),
                            "--exec-root=" + directory.resolve("exec"),
                            "--pidfile=" + directory.resolve("pid"),
                            "--host=unix://" + socket(),
                            "--storage-driver=vfs",
                            "--exec-opt=native.cgroupdriver=cgroupfs",
                            "--iptables=false",
                            "--ip6tables=false",
                            "--bridge=none",
                            "--live-restore")
                    .redirectErrorStream(true)
                    .start();
            var log = new BufferedReader(new InputStreamReader(daemon.getInputStream(), StandardCharsets.UTF_8));
            var said = new StringBuilder();
            for (String line; (line = log.readLine()) != null; ) {
                if (line.contains("API listen on")) {
                    drain(log);
                    return;
                }
                said.append(line).append('\n');
            }
            throw new IllegalStateException("dockerd did not start:\n" + said);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void kill() {
        await(daemon.destroyForcibly());
        try {
            // Its containerd dies with it, but in a container without an init its pid stays taken, and is waited for
            Files.deleteIfExists(directory.resolve("exec/containerd/containerd.pid"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Puts the socket out of the way, or back. */
    void hide(boolean hide) {
        var hidden = directory.resolve("hidden.sock");
        try {
            Files.move(hide ? socket() : hidden, hide ? hidden : socket());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String docker(String... arguments) {
        var command = new ArrayList<>(List.of("docker", "--host=unix://" + socket()));
        command.addAll(List.of(arguments));
        return execute(command);
    }

    /** Starts a container that sleeps; returns its id. */
    String run(String... options) {
        var command = new ArrayList<>(List.of("run", "--detach", "--network=none"));
        command.addAll(List.of(options));
        command.addAll(List.of("box", "/bin/sleep", "1000"));
        return docker(command.toArray(String[]::new));
    }

    private void importImage() {
        try {
            var bin = Files.createDirectories(directory.resolve("image/bin"));
            Files.copy(Path.of(execute(List.of("sh", "-c", "command -v busybox"))), bin.resolve("sleep"));
            var archive = directory.resolve("image.tar");
            execute(List.of("tar", "-C", directory.resolve("image").toString(), "-cf", archive.toString(), "bin"));
            docker("import", archive.toString(), "box");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Stops all of it.
     *
     * @throws IllegalStateException if something stayed, which is ended
     */
    @Override
    public void close() {
        if (daemon == null) {
            return;
        }
        if (daemon.isAlive()) {
            var containers = docker("ps", "--all", "--quiet").lines().toList();
            if (!containers.isEmpty()) {
                var command = new ArrayList<>(List.of("rm", "--force", "--volumes"));
                command.addAll(containers);
                docker(command.toArray(String[]::new));
            }
        }
        daemon.destroy();
        await(daemon);
        // One that was killed before leaves its data directory mounted on itself
        leftMounts().forEach(mount -> execute(List.of("umount", "--lazy", mount)));
        var afterwards = left();
        leftProcesses().forEach(RealDocker::end);
        RealCgroups.processes().forEach(RealDocker::end);
        cgroups.remove();
        if (!afterwards.isEmpty()) {
            throw new IllegalStateException("left on this machine: " + afterwards);
        }
    }

    /** What goes on without the daemon, although its containers were removed. */
    private List<String> left() {
        var left = new ArrayList<String>();
        leftProcesses().forEach(process -> left.add(process.info().commandLine().orElse("")));
        RealCgroups.processes().forEach(process -> left.add("in a cgroup: " + process.pid()));
        left.addAll(leftMounts());
        return left;
    }

    private List<ProcessHandle> leftProcesses() {
        return ProcessHandle.allProcesses()
                .filter(process -> process.pid() != ProcessHandle.current().pid())
                .filter(process -> process.info()
                        .commandLine()
                        .filter(line -> line.contains(directory.resolve("exec").toString()))
                        .isPresent())
                .toList();
    }

    private List<String> leftMounts() {
        try (var lines = Files.lines(HostPaths.host().proc().resolve("self/mountinfo"))) {
            return lines.map(line -> line.split(" ")[4])
                    .filter(point -> point.startsWith(directory + "/"))
                    .sorted(Comparator.reverseOrder())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean installed(String tool) {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, tool)));
    }

    private static boolean isStatic(String program) {
        try {
            return !new String(Files.readAllBytes(Path.of(program)), StandardCharsets.ISO_8859_1).contains("/ld-linux");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String execute(List<String> command) {
        try {
            var process = new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            await(process);
            if (process.exitValue() != 0) {
                throw new IllegalStateException(command + " gave " + process.exitValue() + ": " + output);
            }
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void await(Process process) {
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException(process + " does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static void end(ProcessHandle process) {
        process.destroyForcibly();
        try {
            process.onExit().get(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException(process + " does not end", e);
        }
    }

    private static void drain(BufferedReader log) {
        var thread = new Thread(() -> log.lines().forEach(line -> {}), "dockerd-log");
        thread.setUncaughtExceptionHandler((ended, e) -> {});
        thread.setDaemon(true);
        thread.start();
    }
}
