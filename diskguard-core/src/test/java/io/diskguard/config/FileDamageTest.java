/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.config;

import static io.diskguard.config.Sources.file;
import static io.diskguard.config.Sources.problems;
import static io.diskguard.config.Sources.valid;
import static io.diskguard.config.Sources.yaml;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.diskguard.spi.ConfigSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Files that were made to hurt, or by accident. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class FileDamageTest {
    @Test
    void aliasesAreNotTakenForTheirNames() {
        assertThat(problems(yaml("a: &a [1, 2]", "data_mounts: *a")))
                .singleElement()
                .asString()
                .contains("an alias, *a, is not taken");
    }

    @Test
    void aBombOfAliasesIsOneProblem() {
        var lines = new ArrayList<>(List.of("a0: &a0 [x, x, x, x, x, x, x, x, x, x]"));
        for (var i = 1; i < 30; i++) {
            lines.add("a" + i + ": &a" + i + " [" + ("*a" + (i - 1) + ", ").repeat(9) + "*a" + (i - 1) + "]");
        }
        assertThat(problems(yaml(lines.toArray(String[]::new)))).hasSize(1);
    }

    @Test
    void depthCostsNothing() {
        for (var open : List.of("[", "{\"a\":", "[{\"a\":")) {
            assertThat(problems(file("c.json", "{\"data_mounts\": " + open.repeat(100_000), Map.of())))
                    .hasSize(1);
        }
        assertThat(problems(file("c.yaml", "data_mounts: " + "[".repeat(60_000), Map.of())))
                .hasSize(1);
        assertThat(problems(file("c.yaml", "data_mounts: " + "{a: ".repeat(15_000), Map.of())))
                .hasSize(1);
        assertThat(problems(file("c.yaml", "data_mounts: " + "- ".repeat(30_000), Map.of())))
                .hasSize(1);
        assertThat(problems(Sources.environment("SMART_LIMIT_WINDOWS", "[".repeat(100_000))))
                .hasSize(1);
    }

    @Test
    void longValuesAreRefusedAndShownShort() {
        var text = "x".repeat(50_000);
        for (var key : ConfigKeys.all()) {
            assertThat(problems(yaml(key.name() + ": " + text)))
                    .as(key.name())
                    .isNotEmpty()
                    .allSatisfy(line -> assertThat(line.length()).isLessThan(500));
        }
        assertThat(problems(yaml("max_iops_limit: " + "9".repeat(900_000)))).hasSize(1);
        assertThat(problems(yaml("annotation_prefix: " + "x".repeat(900_000)))).hasSize(1);
        assertThat(problems(yaml("\"" + "k".repeat(900) + "\": 1")))
                .singleElement()
                .satisfies(line -> assertThat(line.length()).isLessThan(500));
    }

    @Test
    void aLineThatYamlWouldTakeLongOverIsRefusedUnread() {
        for (var start : List.of("#", "", "exclude_keywords: \"", "data_mount: /")) {
            assertThat(problems(file("c.yaml", "on_shutdown: keep\n" + start + "x".repeat(1_000_000), Map.of())))
                    .singleElement()
                    .asString()
                    .contains("lines of at most 64 KiB");
        }
        assertThat(Sources.config(file(
                                "c.yaml", ("#" + "x".repeat(60_000) + "\n").repeat(17) + "check_interval: 7", Map.of()))
                        .checkInterval())
                .isEqualTo(Duration.ofSeconds(7));
        assertThat(Sources.config(file("c.json", "{\"check_interval\": 7" + " ".repeat(1_000_000) + "}", Map.of()))
                        .checkInterval())
                .isEqualTo(Duration.ofSeconds(7));
    }

    @Test
    void aKeywordIsNoSecretAndAKeyIs() {
        assertThat(problems(yaml("exclude_keywords:", "tls_key: hunter2")))
                .anySatisfy(line -> assertThat(line).startsWith("exclude_keywords= "))
                .noneMatch(line -> line.contains("hunter2"));
    }

    @Test
    void manyElementsAndManyUnknownKeysCostLittle() {
        assertThat(problems(yaml("data_mounts: [" + "a,\n ".repeat(250_000) + "a]")))
                .hasSizeLessThanOrEqualTo(Flaw.MOST);
        var text = new StringBuilder();
        for (var i = 0; i < 60_000; i++) {
            text.append("unknown_").append(i).append(": 1\n");
        }
        assertThat(problems(yaml(text.toString()))).hasSize(60_000);
    }

    @Test
    void controlCharactersDoNotReachTheReader() {
        assertThat(problems(file("c.json", "{\"on_shutdown\": \"a\\u001b[31m\\n\\u202eb\"}", Map.of())))
                .singleElement()
                .satisfies(line -> assertThat(line.chars().noneMatch(Character::isISOControl))
                        .isTrue())
                .asString()
                .doesNotContain("\u202e");
    }

    @Test
    void syntaxIsExplainedWithoutQuotingTheFile() {
        assertThat(problems(yaml("data_mount: /a", "kubelet_token_path: 'hunter2", "on_shutdown: keep")))
                .singleElement()
                .asString()
                .startsWith("*= (c.yaml line ")
                .doesNotContain("hunter2");
    }

    @Test
    void syntaxIsExplainedWhereItIsWrong() {
        assertThat(problems(yaml("data_mount: /a", "on_shutdown: keep", "\"max")))
                .containsExactly("*= (c.yaml line 3): well-formed JSON or YAML: while scanning a quoted scalar,"
                        + " found unexpected end of stream (column 5)");
        assertThat(problems(yaml("data_mount: /a", "on_shutdown: \"keep\u0001\"")))
                .as("the reader of YAML knows no line of what is no character of a text")
                .containsExactly("*= (c.yaml): well-formed JSON or YAML: special characters are not allowed");
        assertThat(problems(yaml("data_mount: /a", "data_mount: /b")))
                .singleElement()
                .asString()
                .startsWith("*= (c.yaml line 2): ")
                .containsIgnoringCase("duplicate");
    }

    @Test
    void numbersStayAsExactAsTheyWereWritten() {
        assertThat(problems(yaml("max_bps_limit: 9007199254740993.5")))
                .singleElement()
                .asString()
                .startsWith("max_bps_limit=9007199254740993.5 ");
        assertThat(valid(yaml("max_bps_limit: 9007199254740993"))
                        .config()
                        .limits()
                        .ceiling()
                        .rbps())
                .hasToString("9007199254740993");
        for (var number :
                List.of(".inf", ".nan", "1e999999999", "-0", "1e-999999999", "0b11", "99999999999999999999")) {
            assertThatCode(() -> ConfigLoader.load(List.of(yaml("max_bps_limit: " + number))))
                    .as(number)
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void moreThanOneDocumentIsAnError() {
        assertThat(problems(yaml("data_mount: /a", "---", "data_mount: /b")))
                .singleElement()
                .asString()
                .contains("more after the end");
    }

    @Test
    void aStrangePluginsValuesAreProblems() {
        var strange = new ConfigSource() {
            @Override
            public int order() {
                return 300;
            }

            @Override
            public Snapshot snapshot() {
                return new Snapshot(
                        Map.of(
                                "check_interval", new Value(Duration.ofSeconds(5), "vault"),
                                "data_mounts", new Value(Map.of("a", 1), "vault"),
                                "smart_limit_windows", new Value(List.of(List.of()), "vault"),
                                "data_disks", new Value(List.of(Map.of(1, 2)), "vault")),
                        List.of());
            }

            @Override
            public void onChange(Runnable changed) {}

            @Override
            public void close() {}
        };
        assertThat(problems(strange)).hasSizeGreaterThanOrEqualTo(4).allSatisfy(line -> assertThat(line)
                .contains("(vault): "));
    }
}
