/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.house;

import static io.diskguard.testkit.Pods.idOf;
import static io.diskguard.testkit.Pods.pod;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.diskguard.annotation.AnnotationReader;
import io.diskguard.model.Rate;
import io.diskguard.testkit.GuardedNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The guides: what they name exists, and their languages say the same. Their commands are run by {@code e2e/guide/run}. */
class GuidesTest {
    private static final Path USER = Path.of("docs/user-guide.md");
    private static final Path CHINESE = Path.of("docs/user-guide.zh-CN.md");
    private static final Path DEVELOPER = Path.of("docs/developer-guide.md");
    private static final Path HERE = Path.of("diskguard-agent/src/test/java/io/diskguard/agent/house/GuidesTest.java");

    @Test
    void bothLanguagesOfTheUserGuideHaveTheSameCommandsAnswersAndSections() {
        for (var language : List.of("sh", "text", "yaml")) {
            assertThat(DocumentsTest.blocks(CHINESE, language))
                    .as(language)
                    .isNotEmpty()
                    .isEqualTo(DocumentsTest.blocks(USER, language));
        }
        assertThat(found(CHINESE, "(?m)^(#+) ")).isEqualTo(found(USER, "(?m)^(#+) "));
        assertThat(pages(CHINESE)).isEqualTo(pages(USER));
    }

    /** Of a link its page, not its anchor, which is in the language of the page. */
    private static Set<String> pages(Path page) {
        return found(page, "\\]\\(([^)#]+)[^)]*\\)").stream()
                .filter(link -> !link.startsWith("user-guide"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void annotationsThatAreShownAreReadWithoutAProblem() throws JsonProcessingException {
        for (var page : List.of(Path.of("README.md"), Path.of("README.zh-CN.md"), USER)) {
            var shown = DocumentsTest.blocks(page, "yaml").stream()
                    .filter(block -> block.contains("annotations:"))
                    .toList();
            assertThat(shown).as(page.toString()).isNotEmpty();
            for (var block : shown) {
                var annotations = new YAMLMapper().readTree(block).findValue("annotations");
                var reading = new AnnotationReader("iops-limit")
                        .read(new YAMLMapper().convertValue(annotations, new TypeReference<Map<String, String>>() {}));
                assertThat(reading.problems()).as(page.toString()).isEmpty();
            }
        }
    }

    @Test
    void everyGuidesCommandsAreRun() {
        var run = House.read(Path.of("e2e/guide/run"));
        assertThat(run).contains("pages=(first-hour user-guide)");
        assertThat(House.read(Path.of(".ci/run"))).contains("e2e/guide/run");
    }

    @Test
    void whatTheDeveloperGuideNamesExists() {
        var sources = House.files().stream()
                .map(Path::toString)
                .filter(file -> file.endsWith(".java"))
                .toList();
        assertThat(
                        found(
                                DEVELOPER,
                                "`(?:io\\.diskguard\\.[a-z.]+\\.)?([A-Z]\\w+(?:Test|Tck|Keys|Loop|Node|Agent|Check|Metrics|Settings))[`#]"))
                .hasSizeGreaterThan(15)
                .allSatisfy(type -> assertThat(sources).anyMatch(file -> file.endsWith("/" + type + ".java")));
        for (var method : found(DEVELOPER, "`([A-Z]\\w+Test#\\w+)`")) {
            var parts = method.split("#");
            assertThat(sources)
                    .filteredOn(file -> file.endsWith("/" + parts[0] + ".java"))
                    .as(method)
                    .singleElement()
                    .satisfies(file -> assertThat(House.read(Path.of(file))).contains("void " + parts[1] + "("));
        }
        assertThat(found(DEVELOPER, "`((?:diskguard-|e2e/|benchmarks/|\\.ci/)[\\w/.-]*)`"))
                .hasSizeGreaterThan(8)
                .allSatisfy(file -> assertThat(House.root().resolve(file)).exists());
    }

    @Test
    void theTestThatTheDeveloperGuideShowsPasses() {
        assertThat(DocumentsTest.blocks(DEVELOPER, "java"))
                .singleElement()
                .satisfies(code -> assertThat(House.read(HERE)).contains(code.indent(8)));
        try (var node = GuardedNode.with()) {
            var app = idOf("db", "app");
            node.run(pod("db")
                    .container("app")
                    .annotation("iops-limit/write-iops", "200")
                    .build());
            node.writes(app, 3000).pass(Duration.ofMinutes(1));
            assertThat(node.limitOf(app).wiops()).isEqualTo(Rate.perSecond(200));
        }
    }

    private static List<String> found(Path page, String pattern) {
        return Pattern.compile(pattern)
                .matcher(House.read(page))
                .results()
                .map((MatchResult m) -> m.group(1))
                .toList();
    }
}
