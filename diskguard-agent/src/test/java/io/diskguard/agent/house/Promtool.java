/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Prometheus's own reader of rules and metrics; a test that needs it is skipped where it is not on the path. */
public final class Promtool {
    private Promtool() {}

    /** @param directory for what it says */
    public static void succeeds(Path directory, String... arguments) throws IOException {
        run(new File("/dev/null"), directory, arguments);
    }

    /** Fails if it has anything to say of metrics as they are scraped. */
    public static void findsNothingIn(String metrics, Path directory) throws IOException {
        var input = Files.writeString(directory.resolve("metrics"), metrics).toFile();
        assertThat(run(input, directory, "check", "metrics")).isEmpty();
    }

    private static String run(File input, Path directory, String... arguments) throws IOException {
        var program = Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .map(place -> Path.of(place, "promtool"))
                .filter(Files::isExecutable)
                .findFirst();
        assumeTrue(program.isPresent(), "no promtool here");
        var command = new ArrayList<>(List.of(program.get().toString()));
        command.addAll(List.of(arguments));
        var output = directory.resolve("output");
        var promtool = new ProcessBuilder(command)
                .directory(House.root().toFile())
                .redirectInput(input)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertThat(promtool.waitFor(2, TimeUnit.MINUTES)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        } finally {
            promtool.destroyForcibly();
        }
        var said = Files.readString(output);
        assertThat(promtool.exitValue()).as(said).isZero();
        return said;
    }
}
