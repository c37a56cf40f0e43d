/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.benchmarks.loop;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The same work in C, in a process of its own that does a round when told to. */
final class CLoop implements AutoCloseable {
    private final Process process;
    private final BufferedReader answers;

    private CLoop(Process process) {
        this.process = process;
        this.answers = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
    }

    /** Compiles it in the directory given; empty where there is no compiler. */
    static Optional<Path> compile(Path directory) throws IOException {
        var source = directory.resolve("read_stats.c");
        var program = directory.resolve("read_stats");
        try (var text = CLoop.class.getResourceAsStream("/read_stats.c")) {
            if (text == null) {
                throw new IllegalStateException("read_stats.c is not on the class path");
            }
            Files.copy(text, source);
        }
        try {
            var compiler = new ProcessBuilder("cc", "-O2", "-o", program.toString(), source.toString())
                    .inheritIO()
                    .start();
            return compiler.waitFor() == 0 ? Optional.of(program) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    static CLoop start(Path program, List<Path> files, int ticks) throws IOException {
        var list = Files.createTempFile(program.getParent(), "files", ".txt");
        Files.write(list, files.stream().map(Path::toString).toList());
        return new CLoop(new ProcessBuilder(program.toString(), list.toString(), Integer.toString(ticks))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    /** Nanoseconds of processor time that one round takes. */
    long round() {
        try {
            process.getOutputStream().write('\n');
            process.getOutputStream().flush();
            var answer = answers.readLine();
            if (answer == null) {
                throw new IllegalStateException("the C loop ended");
            }
            return Long.parseLong(answer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
    }
}
