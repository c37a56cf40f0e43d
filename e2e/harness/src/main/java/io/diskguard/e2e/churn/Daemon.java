/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.e2e.churn;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A process that is started again and again. Its id stands in a file, so that a script can end what is left. */
public final class Daemon implements AutoCloseable {
    private final Path directory;
    private final String name;
    private final List<String> command;
    private Optional<Process> running = Optional.empty();
    private int deaths;

    public Daemon(Path directory, String name, List<String> command) {
        this.directory = directory;
        this.name = name;
        this.command = List.copyOf(command);
    }

    public void start() {
        try {
            var process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(
                            directory.resolve(name + ".log").toFile()))
                    .start();
            process.getOutputStream().close();
            running = Optional.of(process);
            Files.writeString(directory.resolve(name + ".pid"), String.valueOf(process.pid()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public boolean isAlive() {
        return running.map(Process::isAlive).orElse(false);
    }

    public long pid() {
        return running.map(Process::pid).orElse(0L);
    }

    /** How often it was killed. */
    public int deaths() {
        return deaths;
    }

    /** SIGKILL. */
    public void kill() {
        deaths++;
        end(Process::destroyForcibly);
    }

    /** SIGTERM; does not wait. */
    public void tell() {
        running.ifPresent(Process::destroy);
    }

    /** SIGTERM; its exit status. */
    public int stop() {
        return end(Process::destroy);
    }

    @Override
    public void close() {
        if (isAlive()) {
            end(Process::destroyForcibly);
        }
    }

    private int end(java.util.function.Consumer<Process> how) {
        var process = running.orElseThrow();
        how.accept(process);
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                throw new IllegalStateException(name + " does not end");
            }
            Files.deleteIfExists(directory.resolve(name + ".pid"));
            running = Optional.empty();
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
