/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.model.LabelSelector.Parsed;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Selectors that are made by the grammar are judged by what they were made of; mutated ones only must do no harm. */
class LabelSelectorRandomTest {
    private static final List<String> KEYS = List.of("a", "b", "in", "notin", "app.io/tier", "exists", "A", "9");
    private static final List<String> VALUES = List.of("", "x", "y", "1", "5", "007", "in", "notin", "x.y_z-1", "A");
    private static final List<String> SPACES = List.of("", "", "", " ", "  ", "\t", "\n", " \r ");
    private static final String MUTATIONS = "=!(),<> \tainot./-_0ä\0😀\"";

    private final Random random = new Random(20);

    @Test
    void everySelectorOfTheGrammarMeansWhatItSays() {
        for (var round = 0; round < 10_000; round++) {
            var conditions = conditions();
            var text = conditions.stream().map(c -> c.text).collect(Collectors.joining(","));
            var labels = labels();
            assertThat(LabelSelector.parse(text))
                    .as(text)
                    .isInstanceOfSatisfying(Parsed.Valid.class, valid -> assertThat(
                                    valid.selector().matches(labels))
                            .as("%s on %s", text, labels)
                            .isEqualTo(conditions.stream().allMatch(c -> c.holds.test(labels))));
        }
    }

    @Test
    void whateverIsWrittenIsReadOrRefusedWithAPlace() {
        var invalid = 0;
        for (var round = 0; round < 10_000; round++) {
            var text = mutated(conditions().stream().map(c -> c.text).collect(Collectors.joining(",")));
            if (LabelSelector.parse(text) instanceof Parsed.Invalid refused) {
                assertThat(refused.expected()).as(text).isNotBlank();
                assertThat(refused.at()).as(text).isBetween(0, text.length());
                invalid++;
            }
        }
        assertThat(invalid).isBetween(3_000, 9_500);
    }

    private List<Condition> conditions() {
        var conditions = new ArrayList<Condition>();
        for (var i = random.nextInt(4); i >= 0; i--) {
            conditions.add(condition());
        }
        return conditions;
    }

    private Condition condition() {
        var key = pick(KEYS);
        var value = pick(VALUES);
        var values = new ArrayList<String>();
        for (var i = random.nextInt(4); i >= 0; i--) {
            values.add(pick(VALUES));
        }
        var list = values.stream().map(v -> space() + v + space()).collect(Collectors.joining(",", "(", ")"));
        var number = random.nextInt(9);
        return switch (random.nextInt(9)) {
            case 0 -> new Condition(space() + key + space(), labels -> labels.containsKey(key));
            case 1 -> new Condition(space() + "!" + space() + key + space(), labels -> !labels.containsKey(key));
            case 2 -> binary(key, "=", value, labels -> value.equals(labels.get(key)));
            case 3 -> binary(key, "==", value, labels -> value.equals(labels.get(key)));
            case 4 -> binary(key, "!=", value, labels -> !value.equals(labels.get(key)));
            case 5 -> binary(key, " in ", list, labels -> labels.containsKey(key) && values.contains(labels.get(key)));
            case 6 -> binary(key, "\tnotin", list, labels -> !values.contains(labels.getOrDefault(key, "no such")));
            case 7 -> binary(key, ">", "0" + number, labels -> isNumber(labels, key) && number(labels, key) > number);
            default -> binary(key, "<", "" + number, labels -> isNumber(labels, key) && number(labels, key) < number);
        };
    }

    private Condition binary(String key, String operator, String right, Predicate<Map<String, String>> holds) {
        return new Condition(space() + key + space() + operator + space() + right + space(), holds);
    }

    private static boolean isNumber(Map<String, String> labels, String key) {
        return labels.containsKey(key) && labels.get(key).matches("[0-9]+");
    }

    private static int number(Map<String, String> labels, String key) {
        return Integer.parseInt(labels.get(key));
    }

    private Map<String, String> labels() {
        var labels = new HashMap<String, String>();
        for (var i = random.nextInt(7); i > 0; i--) {
            labels.put(pick(KEYS), pick(VALUES));
        }
        return labels;
    }

    private String mutated(String text) {
        var mutated = new StringBuilder(text);
        for (var i = random.nextInt(4); i >= 0; i--) {
            var at = random.nextInt(mutated.length() + 1);
            if (at < mutated.length() && random.nextBoolean()) {
                mutated.deleteCharAt(at);
            } else {
                mutated.insert(at, MUTATIONS.charAt(random.nextInt(MUTATIONS.length())));
            }
        }
        return mutated.toString();
    }

    private String space() {
        return pick(SPACES);
    }

    private <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    private record Condition(String text, Predicate<Map<String, String>> holds) {}
}
