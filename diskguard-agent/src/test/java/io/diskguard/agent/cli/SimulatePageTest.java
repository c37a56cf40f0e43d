/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.agent.house.House;
import io.diskguard.agent.node.StopSignal;
import io.diskguard.simulator.SimulatedNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docs/simulate.md shows is what comes out. */
class SimulatePageTest {
    private static final Pattern SHOWN =
            Pattern.compile("(?ms)^```sh\\n\\./diskguard (simulate [^\\n]*)\\n```\\n\\n```text\\n(.*?)^```$");
    private static final Pattern YAML = Pattern.compile("(?ms)^```yaml\\n(.*?)^```$");

    @TempDir
    private Path directory;

    @Test
    void everyCommandAnswersAsThePageSays() throws IOException {
        var page = House.read(Path.of("docs/simulate.md"));
        var yaml = YAML.matcher(page);
        assertThat(yaml.find()).isTrue();
        var config = Files.writeString(directory.resolve("night.yaml"), yaml.group(1));
        var shown = SHOWN.matcher(page).results().toList();
        assertThat(shown).hasSize(2);
        for (var each : shown) {
            var arguments = List.of(each.group(1).split(" ")).stream()
                    .map(word -> word.replace("'", ""))
                    .map(word -> word.equals("night.yaml") ? config.toString() : word)
                    .map(word -> word.startsWith("diskguard-agent/")
                            ? House.root().resolve(word).toString()
                            : word)
                    .toArray(String[]::new);
            assertThat(run(arguments)).as(each.group(1)).isEqualTo(each.group(2));
        }
    }

    private static String run(String... arguments) {
        var out = new StringWriter();
        var err = new ByteArrayOutputStream();
        try (var node = SimulatedNode.v2()) {
            var console = new Console(
                    new PrintWriter(out, true),
                    new PrintStream(err, true, StandardCharsets.UTF_8),
                    node.environment(),
                    new StopSignal());
            assertThat(CommandLineInterface.execute(console, arguments))
                    .as(err.toString(StandardCharsets.UTF_8))
                    .isZero();
        }
        return out.toString().replace(System.lineSeparator(), "\n");
    }
}
