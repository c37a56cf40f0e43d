/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.house;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.config.ConfigLoader;
import io.diskguard.config.ConfigResult;
import io.diskguard.config.FileConfigSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DocumentsTest {
    private static final Path README = Path.of("README.md");
    private static final Path CHINESE = Path.of("README.zh-CN.md");
    private static final Path CI = Path.of(".ci/run");

    private static final Pattern LINK = Pattern.compile("\\]\\((?!https?:|#)([^)#]+)[^)]*\\)");

    @Test
    void bothReadmesGiveTheSameCommandsAndTheSameCode() {
        for (var language : List.of("sh", "java", "xml")) {
            assertThat(blocks(CHINESE, language)).as(language).isNotEmpty().isEqualTo(blocks(README, language));
        }
        assertThat(withoutComments(CHINESE)).isNotEmpty().isEqualTo(withoutComments(README));
    }

    @Test
    void bothReadmesHaveTheSameSectionsAndLeadToTheSamePages() {
        assertThat(count("(?m)^#+ ", CHINESE)).isEqualTo(count("(?m)^#+ ", README));
        assertThat(links(CHINESE))
                .containsExactlyInAnyOrderElementsOf(links(README).stream()
                        .map(link -> link.equals(CHINESE.toString()) ? README.toString() : link)
                        .toList());
    }

    @Test
    void noBlockOfCommandsRepeatsAnother() {
        assertThat(blocks(README, "sh").stream().flatMap(String::lines)).doesNotHaveDuplicates();
    }

    @Test
    void everyPageAndPictureCanBeReachedFromTheReadme() {
        var pages = new TreeSet<Path>();
        var left = new ArrayDeque<>(List.of(README));
        while (!left.isEmpty()) {
            var page = left.remove();
            if (pages.add(page) && page.toString().endsWith(".md")) {
                links(page).forEach(link -> left.add(page.resolveSibling(link).normalize()));
            }
        }
        assertThat(pages)
                .containsAll(House.files().stream()
                        .filter(file -> file.startsWith("docs"))
                        .toList());
    }

    @Test
    void theSetUpIsOneCommandForTheDemoAndOneForTheTests() {
        assertThat(blocks(README, "sh"))
                .filteredOn(b -> b.endsWith(" && ./diskguard demo"))
                .hasSize(1);
        assertThat(blocks(README, "sh"))
                .filteredOn(b -> b.endsWith(" && mvn verify"))
                .hasSize(1);
        assertThat(House.read(CI))
                .contains(
                        "readme_line './diskguard demo'",
                        "readme_line 'mvn verify'",
                        "${tests##*&& }",
                        "${demo##*&& }");
    }

    @Test
    void linksBetweenDocumentsLeadSomewhere() {
        var documents =
                House.files().stream().filter(f -> f.toString().endsWith(".md")).toList();
        assertThat(documents).hasSizeGreaterThan(4);
        for (var document : documents) {
            var dir = House.root().resolve(document).getParent();
            assertThat(links(document)).as(document.toString()).allSatisfy(link -> assertThat(dir.resolve(link))
                    .exists());
        }
    }

    /** {@link EmbeddingExample} is compiled: an embedder can copy what the page shows. */
    @Test
    void theExampleForEmbeddersCompiles() {
        var example = Path.of("diskguard-agent/src/test/java/io/diskguard/agent/house/EmbeddingExample.java");
        assertThat(blocks(README, "java")).singleElement().satisfies(code -> assertThat(House.read(example))
                .contains(code.indent(8)));
    }

    @Test
    void theConfigurationShownIsValid(@TempDir Path directory) throws IOException {
        var file = directory.resolve("config.yaml");
        for (var page : List.of(README, CHINESE)) {
            for (var block : configurations(page)) {
                Files.writeString(file, block);
                assertThat(ConfigLoader.load(List.of(new FileConfigSource(file, Map.of()))))
                        .as(page.toString())
                        .isInstanceOf(ConfigResult.Valid.class);
            }
        }
        assertThat(configurations(README)).isNotEmpty();
    }

    /** Annotations are looked at by {@link GuidesTest}. */
    private static List<String> configurations(Path page) {
        return blocks(page, "yaml").stream()
                .filter(block -> !block.contains("annotations:"))
                .toList();
    }

    @Test
    void scriptsCanBeExecuted() {
        var scripts = House.files().stream()
                .filter(file -> House.read(file).startsWith("#!"))
                .toList();
        assertThat(scripts)
                .contains(
                        Path.of("diskguard"),
                        CI,
                        Path.of("benchmarks/hidden"),
                        Path.of("benchmarks/run"),
                        Path.of("e2e/churn"),
                        Path.of("e2e/completion"),
                        Path.of("e2e/doctor"),
                        Path.of("e2e/fast-path"),
                        Path.of("e2e/kills"),
                        Path.of("e2e/pods-dir"),
                        Path.of("e2e/reload/run"),
                        Path.of("e2e/run"),
                        Path.of("e2e/vm/scenarios"),
                        Path.of("e2e/smart"),
                        Path.of("e2e/trouble"),
                        Path.of("e2e/top"),
                        Path.of("e2e/top-screen"),
                        Path.of("e2e/config-restarter"),
                        Path.of("e2e/examples"),
                        Path.of("e2e/guide/run"),
                        Path.of("e2e/noisy-neighbour"))
                .allSatisfy(script -> assertThat(House.root().resolve(script)).isExecutable());
    }

    private static List<String> withoutComments(Path document) {
        return blocks(document, "yaml").stream()
                .map(block -> block.replaceAll(" *#.*", ""))
                .toList();
    }

    private static long count(String pattern, Path document) {
        return Pattern.compile(pattern).matcher(House.read(document)).results().count();
    }

    private static List<String> links(Path document) {
        return LINK.matcher(House.read(document))
                .results()
                .map(match -> match.group(1))
                .distinct()
                .toList();
    }

    /** The contents of the fenced blocks in a language. */
    static List<String> blocks(Path document, String language) {
        return Pattern.compile("(?ms)^```" + language + "\\n(.*?)\\n```$")
                .matcher(House.read(document))
                .results()
                .map((MatchResult m) -> m.group(1))
                .toList();
    }
}
