/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.e2e.churn;

import io.diskguard.e2e.apiserver.Main;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** An API server in a process of its own, with the classes of this one. Started again it goes on with what it had. */
public final class ApiServer implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Path directory;
    private final Daemon process;
    private final Waiting waiting;

    /** @param work where its log is, and its directory {@code api} */
    public ApiServer(Path work, Waiting waiting) {
        directory = work.resolve("api");
        this.waiting = waiting;
        process = new Daemon(
                work,
                "apiserver",
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "--dir",
                        directory.toString()));
    }

    /** Returns when it serves. */
    public Server start() {
        var ready = directory.resolve("ready");
        try {
            Files.createDirectories(directory);
            Files.deleteIfExists(ready);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        process.start();
        if (!waiting.until(PATIENCE, () -> String.valueOf(process.pid()).equals(read(ready)))) {
            throw new IllegalStateException("the API server does not start");
        }
        return new Server(directory);
    }

    /** Where it keeps what it was sent and what it sent. */
    public Path directory() {
        return directory;
    }

    public void kill() {
        process.kill();
    }

    /** How often it was killed. */
    public int deaths() {
        return process.deaths();
    }

    @Override
    public void close() {
        process.close();
    }

    private static String read(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
