/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.example.restarter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the README promises is there. */
class ReadmeTest {
    private static final Path ROOT = Path.of("../..");
    private static final Pattern TEST = Pattern.compile("`(\\w+)#(\\w+)`");
    private static final Pattern PRINTED = Pattern.compile("\"([\\w, ]+)\"");

    @Test
    void everyDefectNamesATestOrALineOfTheScriptThatExist() throws IOException {
        var script = Files.readString(ROOT.resolve("e2e/config-restarter"));
        var rows = Files.readString(Path.of("README.md"))
                .lines()
                .dropWhile(line -> !line.startsWith("| what went wrong"))
                .skip(2)
                .takeWhile(line -> line.startsWith("|"))
                .toList();
        assertThat(rows).hasSizeGreaterThan(12);
        for (var row : rows) {
            var tests = TEST.matcher(row).results().toList();
            var lines =
                    PRINTED.matcher(row).results().map(each -> each.group(1)).toList();
            assertThat(tests.size() + lines.size()).as(row).isPositive();
            for (var test : tests) {
                assertThat(source(test)).contains("void " + test.group(2) + "(");
            }
            assertThat(lines).allSatisfy(line -> assertThat(script).contains(line));
        }
    }

    @Test
    void theOptionsAreThoseOfTheHelp() throws IOException {
        var options = Pattern.compile("(?m)^\\| `(--[a-z-]+)")
                .matcher(Files.readString(Path.of("README.md")))
                .results()
                .map(each -> each.group(1))
                .toList();
        assertThat(options).hasSizeGreaterThan(5);
        assertThat(CommandLine.USAGE).contains(options);
    }

    private static String source(MatchResult test) throws IOException {
        var name = test.group(1) + ".java";
        try (var files = Files.walk(Path.of("src/test"));
                var watch = Files.walk(ROOT.resolve("diskguard-core/src/test/java/io/diskguard/watch"))) {
            var file = Stream.concat(files, watch)
                    .filter(each -> each.endsWith(name))
                    .findAny();
            assertThat(file).as(name).isPresent();
            return Files.readString(file.orElseThrow());
        }
    }
}
