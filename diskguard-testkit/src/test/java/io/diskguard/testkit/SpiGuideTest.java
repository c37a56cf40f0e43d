/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What docs/spi-guide.md shows is what is compiled and tested in packages {@code example}. */
class SpiGuideTest {
    private static final List<Path> EXAMPLES = List.of(
            Path.of("diskguard-testkit/src/test/java/io/diskguard/testkit/example"),
            Path.of("diskguard-reload/src/test/java/io/diskguard/reload/example"));
    private static final Path KITS = Path.of("diskguard-testkit/src/main/java/io/diskguard/testkit");

    private final Path root = root();
    private final String guide = read(root.resolve("docs/spi-guide.md"));

    @Test
    void everyJavaBlockIsCompiledCode() {
        var sources = EXAMPLES.stream()
                .flatMap(example -> files(example).stream())
                .map(SpiGuideTest::read)
                .toList();
        assertThat(blocks("java")).isNotEmpty().allSatisfy(block -> assertThat(sources)
                .as("the block that begins with: " + block.lines().findFirst().orElse(""))
                .anyMatch(source -> source.contains(block)));
    }

    @Test
    void theServiceFileShownIsTheOneThatIsUsed() throws IOException {
        var name = "META-INF/services/io.diskguard.spi.LimitPolicy$Factory";
        assertThat(guide).contains(name);
        try (var file = getClass().getClassLoader().getResourceAsStream(name)) {
            assertThat(blocks("text")).contains(new String(file.readAllBytes()).strip());
        }
    }

    @Test
    void everyKitIsNamed() {
        var kits = files(KITS).stream()
                .map(file -> file.getFileName().toString().replace(".java", ""))
                .filter(name -> name.endsWith("Tck") && !name.endsWith("AnswersTck"))
                .toList();
        assertThat(kits).hasSizeGreaterThan(5).allSatisfy(kit -> assertThat(guide)
                .contains("`" + kit + "`"));
    }

    private List<String> blocks(String language) {
        return Pattern.compile("(?ms)^```" + language + "\\n(.*?)\\n```$")
                .matcher(guide)
                .results()
                .map(match -> match.group(1))
                .toList();
    }

    private List<Path> files(Path directory) {
        try (var files = Files.list(root.resolve(directory))) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Path root() {
        for (var directory = Path.of("").toAbsolutePath(); directory != null; directory = directory.getParent()) {
            if (Files.isDirectory(directory.resolve("diskguard-core"))) {
                return directory;
            }
        }
        throw new AssertionError("not run inside the source tree");
    }
}
