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

/** The original's configuration that docs/migration.md shows is answered as it says there. */
class OldConfigurationTest {
    private static final String COMMAND = "./diskguard config check old.json\n";

    private final String page = House.read(Path.of("docs/migration.md"));
    private final StringWriter out = new StringWriter();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    private Path directory;

    @Test
    void whatIsWrongInItIsSaidAsThePageSays() throws IOException {
        var shown = blocks("text");
        assertThat(blocks("sh")).contains(COMMAND);
        assertThat(check(blocks("json").get(0))).isEqualTo(2);
        assertThat(out.toString()).isEmpty();
        assertThat(named(err.toString(StandardCharsets.UTF_8))).isEqualTo(shown.get(0));
    }

    @Test
    void mendedItIsValidAndWhatHasNoEffectIsSaid() throws IOException {
        var old = blocks("json").get(0);
        var mended = blocks("json").get(1);
        var bad = old.lines().toList();
        var cut = bad.size() - 1 - (int) mended.lines().count();
        var config = String.join("\n", bad.subList(0, cut)) + "\n" + mended + "}\n";
        assertThat(check(config)).as(err.toString(StandardCharsets.UTF_8)).isZero();
        var warnings = Pattern.compile("(?m)^warning: .*\\n")
                .matcher(named(out.toString().replace(System.lineSeparator(), "\n")))
                .results()
                .map(match -> match.group())
                .toList();
        assertThat(String.join("", warnings)).isEqualTo(blocks("text").get(1));
    }

    private String named(String said) {
        return said.replace(directory + "/", "");
    }

    private int check(String json) throws IOException {
        var file = Files.writeString(directory.resolve("old.json"), json);
        try (var node = SimulatedNode.v2()) {
            var console = new Console(
                    new PrintWriter(out, true),
                    new PrintStream(err, true, StandardCharsets.UTF_8),
                    node.environment(),
                    new StopSignal());
            return CommandLineInterface.execute(console, "config", "check", file.toString());
        }
    }

    private List<String> blocks(String language) {
        return Pattern.compile("(?ms)^```" + language + "\\n(.*?)^```$")
                .matcher(page)
                .results()
                .map(match -> match.group(1))
                .toList();
    }
}
