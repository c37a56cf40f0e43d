/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.spi.ConfigSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever file and environment hold: an answer, never an exception, and a problem for each value that is refused. */
class RandomConfigTest {
    private static final int ROUNDS = 10_000;
    private static final List<String> VALUES = List.of(
            "0",
            "1",
            "-1",
            "500",
            "2k",
            "50Mi",
            "1.5",
            "0.8",
            "1e3",
            "1e999999999",
            "99999999999999999999999999",
            "0x1F",
            ".inf",
            ".nan",
            "true",
            "yes",
            "null",
            "~",
            "''",
            "' '",
            "/data",
            "data",
            "30s",
            "5m",
            "25h",
            "auto",
            "v2",
            "keep",
            "'${SET}'",
            "'${UNSET}'",
            "'${UNSET:7}'",
            "'${'",
            "'é\u2028\ud83d\ude00'",
            "\"\\u0000\\e\"",
            "[]",
            "{}",
            "[a, b]",
            "[a, '']",
            "[[[[]]]]",
            "[{window: 15m}]",
            "[{window: 15m, io_threshold: 9}, {duration: 30}]",
            "[{device: sda}]",
            "[{device: sda, total_iops: 5}]",
            "{a: {b: c}}",
            "'('",
            "'a in (b'",
            "'[\"a\"]'",
            "'[{\"window\": 5}]'",
            "2026-01-01",
            "!!binary aGk=",
            "&a x",
            "*a",
            "|\n  text");
    private static final List<String> JUNK = List.of(
            "[", "}", ":", "\t", "\u0000", "\"", "'", "---\n", "%", "- ", "\n  ", "<<: *a\n", "#", "\ufeff", "\ud800");

    private final Random random = new Random(20261121);

    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void anyFileAndEnvironmentHaveAnAnswer() {
        var valid = 0;
        var seen = new HashMap<String, Integer>();
        for (var round = 0; round < ROUNDS; round++) {
            var sources = sources();
            var result = ConfigLoader.load(sources);
            if (result instanceof ConfigResult.Valid) {
                valid++;
            } else {
                for (var problem : ((ConfigResult.Invalid) result).problems()) {
                    assertThat(problem.key()).as("%s", problem).isNotBlank();
                    assertThat(problem.origin())
                            .startsWith(problem.origin().startsWith("env") ? "environment variable " : "c.");
                    assertThat(problem.expected()).isNotBlank();
                    assertThat(problem.value().length()).isLessThanOrEqualTo(80);
                    seen.merge(problem.key().replaceFirst("[.\\[].*", ""), 1, Integer::sum);
                }
            }
            refusedValuesHaveProblems(sources, result);
        }
        assertThat(valid).as("valid ones").isBetween(ROUNDS / 100, ROUNDS / 2);
        assertThat(seen.keySet())
                .containsAll(ConfigKeys.all().stream().map(ConfigKey::name).toList());
    }

    /** What a key's own parser does not take is a problem of that key, from that origin. */
    private static void refusedValuesHaveProblems(List<ConfigSource> sources, ConfigResult result) {
        for (var source : sources) {
            source.snapshot().values().forEach((name, value) -> {
                var refused = ConfigKeys.find(name)
                        .map(key -> key.parse(value.value()) instanceof Parsed.Invalid<?>
                                && !(key.mayBeAbsent()
                                        && String.valueOf(value.value()).isBlank()))
                        .orElse(ObsoleteKeys.advice(name).isEmpty());
                if (refused) {
                    assertThat(result).isInstanceOf(ConfigResult.Invalid.class);
                    assertThat(((ConfigResult.Invalid) result).problems())
                            .anyMatch(problem -> problem.key().startsWith(Shown.name(name))
                                    && problem.origin().equals(value.origin()));
                }
            });
        }
    }

    private List<ConfigSource> sources() {
        var variables = new HashMap<>(Map.of("SET", one(VALUES)));
        for (var i = random.nextInt(3); i > 0; i--) {
            variables.put(key().toUpperCase(Locale.ROOT), one(VALUES).replace("'", ""));
        }
        var environment = new EnvironmentConfigSource(variables);
        var name = one(List.of("c.yaml", "c.json", "c.conf"));
        return List.of(Sources.file(name, text(name.endsWith("json")), variables), environment);
    }

    private String text(boolean json) {
        var entries = new LinkedHashMap<String, String>();
        var lines = new ArrayList<String>();
        for (var i = random.nextInt(4); i >= 0; i--) {
            entries.put(key(), one(VALUES));
        }
        entries.forEach((key, value) -> lines.add(json ? "\"" + key + "\": " + asJson(value) : key + ": " + value));
        if (random.nextInt(8) == 0) {
            lines.add(one(lines));
        }
        var text = new StringBuilder(json ? "{" + String.join(",\n", lines) + "}" : String.join("\n", lines) + "\n");
        for (var i = random.nextInt(10) < 8 ? 0 : 1 + random.nextInt(3); i > 0; i--) {
            text.insert(random.nextInt(text.length() + 1), one(JUNK));
        }
        if (random.nextInt(20) == 0) {
            text.setLength(random.nextInt(text.length() + 1));
        }
        // what is no text cannot be written to a file
        return text.toString()
                .replaceAll("(?<![\ud800-\udbff])[\udc00-\udfff]|[\ud800-\udbff](?![\udc00-\udfff])", "?");
    }

    private String asJson(String value) {
        return value.startsWith("'")
                ? "\"" + value.replace("'", "").replace("\"", "\\\"") + "\""
                : value.matches("-?\\d+(\\.\\d+)?|true|null|\\[]|\\{}|\".*")
                        ? value
                        : "\"" + value.replace("\n", "\\n") + "\"";
    }

    private String key() {
        return switch (random.nextInt(12)) {
            case 0 -> one(ConfigKeys.all()).name().replace("t", "tt");
            case 1 -> one(List.of("x", "default_bps_limit", "é", "1", "a b", "_", "secret", "Data_Mount"));
            default -> one(ConfigKeys.all()).name();
        };
    }

    private <T> T one(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
