/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/troubleshooting.md quotes messages and names events, alerts and commands that there are. */
class TroubleshootingPageTest {
    private static final Path PAGE = Path.of("docs/troubleshooting.md");
    private static final Path ALERTS = Path.of("deploy/monitoring/alerts.yaml");
    private static final Pattern QUOTED = Pattern.compile("\\*`([^`]+)`\\*");
    private static final Pattern EVENT = Pattern.compile("`((?:Limit|Config|Disk|Invalid)[A-Z]\\w+)`");
    private static final Pattern JOINED = Pattern.compile("\"\\s*\\+\\s*\"");
    private static final Pattern LITERAL = Pattern.compile("\"((?:[^\"\\\\\\n]|\\\\.)*)\"");

    private final String page = House.read(PAGE);

    @Test
    void everyMessageThatIsQuotedIsInTheCode() {
        var literals = literals();
        var quoted = all(QUOTED);
        assertThat(quoted).hasSizeGreaterThan(40);
        assertThat(quoted.stream()
                        .flatMap(message -> Stream.of(message.split("…")))
                        .map(String::strip)
                        .filter(part -> part.length() > 2)
                        .filter(part -> !literals.contains(part)))
                .isEmpty();
    }

    @Test
    void everyEventThatIsNamedIsRecorded() {
        var events = all(EVENT);
        assertThat(events).hasSizeGreaterThan(5);
        assertThat(literals().lines()).containsAll(events);
    }

    /** Each has its anchor, which alerts lead to. */
    @Test
    void everyAlertHasItsRow() {
        var rows = all(Pattern.compile("(?m)^\\| <a id=\"(\\w+)\"></a>(?i:\\1) \\| "));
        assertThat(rows).hasSizeGreaterThan(20).doesNotHaveDuplicates();
        if (Files.exists(House.root().resolve(ALERTS))) {
            assertThat(rows)
                    .containsExactlyInAnyOrderElementsOf(Pattern.compile("(?m)^ *- alert: (\\w+)$")
                            .matcher(House.read(ALERTS))
                            .results()
                            .map(alert -> alert.group(1).toLowerCase(Locale.ROOT))
                            .toList());
        }
    }

    @Test
    void everyLinkOnThePagesOfThisKindLeadsToAHeading() {
        var link = Pattern.compile("\\]\\(([\\w./-]*\\.md)?#([\\w-]+)\\)");
        for (var from : List.of(
                PAGE, Path.of("docs/migration.md"), Path.of("docs/security.md"), Path.of("docs/rationale.md"))) {
            link.matcher(House.read(from)).results().forEach(it -> {
                var to = it.group(1) == null
                        ? from
                        : from.resolveSibling(it.group(1)).normalize();
                assertThat(headings(to)).as(from + " to " + to).contains(it.group(2));
            });
        }
    }

    /** What needs no cluster is executed by that script, line by line. */
    @Test
    void theScriptRunsTheCommandsOfThePage() {
        assertThat(House.read(Path.of("e2e/trouble")))
                .contains("docs/troubleshooting.md", "docs/migration.md")
                .contains("commands_of");
        assertThat(House.read(Path.of(".ci/run"))).contains("e2e/trouble");
    }

    private static List<String> headings(Path page) {
        return Pattern.compile("(?m)^#+ (.*)$")
                .matcher(House.read(page))
                .results()
                .map(heading -> heading.group(1)
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\w\\- ]", "")
                        .replace(' ', '-'))
                .toList();
    }

    private List<String> all(Pattern pattern) {
        return pattern.matcher(page)
                .results()
                .map(match -> match.group(1))
                .distinct()
                .toList();
    }

    /** The texts in the code, a line each; what is put together from literals alone is one. */
    private static String literals() {
        return House.mainSources().stream()
                .map(source -> JOINED.matcher(House.read(source)).replaceAll(""))
                .flatMap(source -> LITERAL.matcher(source).results())
                .map((MatchResult literal) -> literal.group(1).replace("\\\"", "\""))
                .collect(Collectors.joining("\n"));
    }
}
