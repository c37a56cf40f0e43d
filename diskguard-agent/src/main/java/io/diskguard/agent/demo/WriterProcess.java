/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The noisy process, seen from the demonstration; closing it kills it and waits for its end. Not thread-safe. */
final class WriterProcess implements AutoCloseable {
    private final Process process;

    private WriterProcess(Process process) {
        this.process = process;
    }

    /** Starts it, without IO yet. */
    static WriterProcess start(Path disk) throws DemoException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java");
        var command = List.of(
                java.toString(),
                "-Xmx32m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                DirectWriter.class.getName(),
                disk.toString());
        try {
            return new WriterProcess(new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start());
        } catch (IOException e) {
            throw new DemoException("the writer cannot be started: " + e);
        }
    }

    long pid() {
        return process.pid();
    }

    /** Lets it begin to write. */
    void go() throws DemoException {
        try {
            process.getOutputStream().write('\n');
            process.getOutputStream().flush();
        } catch (IOException e) {
            throw new DemoException("the writer ended before it began: " + e);
        }
    }

    /** @throws DemoException if it is not running any more */
    void mustLive() throws DemoException {
        if (!process.isAlive()) {
            throw new DemoException("the writer ended by itself with exit code " + process.exitValue());
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        Command.waitUninterrupted(process);
    }
}
