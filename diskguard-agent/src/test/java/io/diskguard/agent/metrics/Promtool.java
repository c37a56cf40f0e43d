/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Prometheus's own tool, where it is installed. */
public final class Promtool {
    private static final Path PROMTOOL = Path.of("/usr/bin/promtool");

    private Promtool() {}

    /** Fails if it has anything to say of the text; skips the test where it is not installed. */
    public static void findsNothingIn(String text, Path directory) throws IOException, InterruptedException {
        assumeTrue(Files.isExecutable(PROMTOOL), "no promtool here");
        var file = Files.writeString(directory.resolve("metrics"), text);
        var output = directory.resolve("output");
        var promtool = new ProcessBuilder(PROMTOOL.toString(), "check", "metrics")
                .redirectInput(file.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(promtool.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(output).content().isEmpty();
        assertThat(promtool.exitValue()).isZero();
    }
}
