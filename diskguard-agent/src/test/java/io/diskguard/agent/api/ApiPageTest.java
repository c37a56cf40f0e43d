/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.agent.node.LiveNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code docs/api.md}: what it shows is asked of an agent, and is what the OpenAPI document has. */
class ApiPageTest {
    private static final String CONTAINER = "5f0c1f0a4c0e";

    private final ApiDocument document = new ApiDocument(ApiDocumentTest.resource("openapi.json"));
    private final String page = page();

    @Test
    void everyPathHasItsSection() {
        assertThat(page.lines().filter(line -> line.startsWith("### ")).map(line -> line.replaceAll("[#` ]", "")))
                .containsExactlyInAnyOrderElementsOf(document.paths().stream()
                        .filter(path -> path.startsWith(Api.PATH) && !path.endsWith("openapi.json"))
                        .toList());
        for (var section : sections()) {
            document.parameters(path(section))
                    .forEach(parameter -> assertThat(section).contains("| `" + parameter + "` |"));
        }
    }

    @Test
    void theAnswersShownAreThoseOfTheDocument() {
        for (var section : sections()) {
            assertThat(blocks(section, "json"))
                    .as(path(section))
                    .singleElement()
                    .satisfies(block -> assertThat(ApiDocument.read(block))
                            .isEqualTo(document.content(path(section), "200").get("example")));
        }
    }

    @Test
    void whatIsShownCanBeAsked(@TempDir Path directory) throws Exception {
        try (var node = new LiveNode(directory, true, Map.of())) {
            node.runApp();
            var api = new ApiClient(node.port());
            for (var section : sections()) {
                var asked = section.replaceAll("(?s).*?\ncurl -s '?http://localhost:2112([^'\n]+).*", "$1");
                var here = asked.replace(CONTAINER, "db-app").replace("shop/db-0", "default/db");
                var answer = api.get(here);
                assertThat(answer.statusCode())
                        .as("%s: %s", here, answer.body())
                        .isEqualTo(200);
                document.holds(path(section), 200, answer.body());
            }
        }
    }

    @Test
    void theBoundsAreThoseOfTheServer() {
        assertThat(page).contains("1 to " + Query.MOST);
    }

    private List<String> sections() {
        return Pattern.compile("(?ms)^### .*?(?=^##|\\z)")
                .matcher(page)
                .results()
                .map(MatchResult::group)
                .toList();
    }

    private static String path(String section) {
        return section.substring(section.indexOf('`') + 1, section.indexOf('`', section.indexOf('`') + 1));
    }

    private static List<String> blocks(String text, String language) {
        return Pattern.compile("(?ms)^```" + language + "\\n(.*?)\\n```$")
                .matcher(text)
                .results()
                .map(match -> match.group(1))
                .toList();
    }

    private static String page() {
        try {
            return Files.readString(Path.of("..", "docs", "api.md"));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
