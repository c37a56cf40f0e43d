/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.model.LabelSelector.Parsed;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class LabelSelectorTest {
    private static final Pattern ESCAPE = Pattern.compile("\\\\(?:u([0-9a-f]{4})|(.))");

    /** The cases of {@code selectors.tsv}, whose header says where they come from. */
    static List<String[]> cases() throws IOException {
        var table = Objects.requireNonNull(LabelSelectorTest.class.getResourceAsStream("selectors.tsv"));
        try (var lines = new BufferedReader(new InputStreamReader(table, StandardCharsets.UTF_8))) {
            return lines.lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split("\t", -1))
                    .toList();
        }
    }

    @ParameterizedTest(name = "{0} [{1}] {2}")
    @MethodSource("cases")
    void readsAndMatchesAsKubernetesDoes(String selector, String labels, String expected) {
        var parsed = LabelSelector.parse(unescaped(selector));
        var verdict = parsed instanceof Parsed.Valid valid
                ? valid.selector().matches(labels(labels)) ? "match" : "no match"
                : "invalid";
        assertThat(verdict).isEqualTo(expected);
    }

    @Test
    void theTableIsWhole() throws IOException {
        assertThat(cases()).hasSizeGreaterThan(350).allSatisfy(columns -> assertThat(columns)
                .hasSize(3));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a=b,        | 4 | a label key",
                "a b         | 2 | =, ==, !=, in, notin",
                "a in (b     | 7 | comma or a closing bracket",
                "a=b, c=ä    | 7 | a label value",
                "a=b, ä=c    | 5 | [prefix/]name",
                "a > x       | 4 | whole number",
                "a >         | 3 | whole number",
                "a in b      | 5 | opening bracket",
                "!a=b        | 2 | a comma, or the end",
                "!           | 1 | a label key"
            })
    void saysWhatIsExpectedAndWhere(String selector, int at, String expected) {
        assertThat(LabelSelector.parse(selector)).isInstanceOfSatisfying(Parsed.Invalid.class, invalid -> {
            assertThat(invalid.at()).isEqualTo(at);
            assertThat(invalid.expected()).contains(expected);
        });
    }

    @Test
    void aNulDoesNotCutASelectorShort() {
        assertThat(LabelSelector.parse("a=b\0,c=d")).isInstanceOf(Parsed.Invalid.class);
        assertThat(LabelSelector.parse("\0")).isInstanceOf(Parsed.Invalid.class);
    }

    @Test
    void aSelectorIsShownAsItWasWritten() {
        assertThat(LabelSelector.parse(" b = c,a "))
                .isInstanceOfSatisfying(Parsed.Valid.class, valid -> assertThat(valid.selector())
                        .hasToString(" b = c,a "));
    }

    @Test
    void aConfigurationReadAgainHasTheSameSelector() {
        assertThat(LabelSelector.parse("a=b"))
                .isEqualTo(LabelSelector.parse("a=b"))
                .isNotEqualTo(LabelSelector.parse("a=c"));
    }

    @Test
    void aLongSelectorIsReadWithoutHarm() {
        var values = "v,".repeat(200_000);
        assertThat(LabelSelector.parse("a in (" + values + ")")).isInstanceOf(Parsed.Valid.class);
        assertThat(LabelSelector.parse("!".repeat(1_000_000))).isInstanceOf(Parsed.Invalid.class);
        assertThat(LabelSelector.parse("a.".repeat(500_000) + "/b")).isInstanceOf(Parsed.Invalid.class);
    }

    private static Map<String, String> labels(String text) {
        var labels = new HashMap<String, String>();
        for (var label : text.split(" ")) {
            if (!label.isEmpty()) {
                var equals = label.indexOf('=');
                labels.put(label.substring(0, equals), label.substring(equals + 1));
            }
        }
        return labels;
    }

    private static String unescaped(String text) {
        return ESCAPE.matcher(text)
                .replaceAll((MatchResult m) -> Matcher.quoteReplacement(
                        m.group(1) != null
                                ? String.valueOf((char) Integer.parseInt(m.group(1), 16))
                                : switch (m.group(2)) {
                                    case "t" -> "\t";
                                    case "n" -> "\n";
                                    case "r" -> "\r";
                                    default -> m.group(2);
                                }));
    }
}
