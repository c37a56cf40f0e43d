/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.smart.state;

import static io.diskguard.model.LimitKey.RBPS;
import static io.diskguard.model.LimitKey.RIOPS;
import static io.diskguard.model.LimitKey.WBPS;
import static io.diskguard.model.LimitKey.WIOPS;
import static io.diskguard.smart.state.States.DELAY;
import static io.diskguard.smart.state.States.NOW;
import static io.diskguard.smart.state.States.number;
import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.model.IoLimit;
import io.diskguard.model.Rate;
import io.diskguard.policy.smart.SmartLimit;
import io.diskguard.spi.LimitPolicy.Problem;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What agents before this one, and other people, left in annotations. */
class FormerStateTest {
    private static final String EXACT =
            "{\"v\":1,\"c\":{\"web\":{\"disk\":{\"w\":\"30m\",\"at\":\"2026-11-21T11:00:00Z\",\"r\":[0,250,0,0]}}}}";

    @Test
    void theFormatOfTheRestorationGuide() {
        var remembered = read(
                "kubediskguard.io/triggered-by: 15m",
                "kubediskguard.io/trigger-reason: 15m窗口触发[ReadIOPS:0.65]",
                "kubediskguard.io/read-iops-limit: 300",
                "kubediskguard.io/write-iops-limit: 300",
                "kubediskguard.io/read-bps-limit: 50000000",
                "kubediskguard.io/write-bps-limit: 50000000");

        var rate = Rate.perSecond(50_000_000);
        var limit = new IoLimit(Rate.perSecond(300), Rate.perSecond(300), rate, rate);
        var expected = new SmartLimit("15m", NOW, limit, DELAY, "15m窗口触发[ReadIOPS:0.65]");
        assertThat(remembered.every()).contains(expected);
        assertThat(remembered.of("any", "disk")).contains(expected);
        assertThat(remembered.ofConfiguredPrefix()).isFalse();
        assertThat(remembered.problems()).isEmpty();
    }

    @Test
    void theOriginalWroteOverTheOwnersKeysButForAZero() {
        var limit = only(
                "kubediskguard.io/triggered-by: 30m",
                "kubediskguard.io/trigger-reason: 30m窗口触发[ReadIOPS:5000.00,WriteIOPS:2.00]",
                "kubediskguard.io/read-iops: 300",
                "kubediskguard.io/write-iops: 0",
                "kubediskguard.io/read-bps: 10M",
                "kubediskguard.io/write-bps: 1.5g");

        assertThat(limit.window()).isEqualTo("30m");
        assertThat(numbers(limit)).containsExactly(300L, 0L, 10_485_760L, 1_610_612_736L);
    }

    @ParameterizedTest
    @CsvSource({
        "10485760, 10485760",
        "10M, 10485760",
        "10mb, 10485760",
        "10 MiB, 10485760",
        "1.5M, 1572864",
        "1kb, 65536",
        "1t, 1099511627776",
        "200000b, 200000",
        "2p, 2251799813685248"
    })
    void bytesAsTheOriginalReadThem(String text, long bytes) {
        assertThat(number(only("io-limit/triggered-by: 15m", "io-limit/read-bps: " + text), RBPS))
                .isEqualTo(bytes);
    }

    @ParameterizedTest
    @CsvSource({"legacy, Legacy threshold triggered, legacy", "5min, 窗口5分钟IO超阈值, 5m", "60m, 60m窗口触发[WriteBPS:0.91], 60m"
    })
    void everyWindowThatThereWas(String window, String reason, String expected) {
        var limit = only(
                "io-limit/triggered-by: " + window,
                "io-limit/trigger-reason: " + reason,
                "io-limit/read-iops-limit: 300",
                "io-limit/write-iops-limit: 0");

        assertThat(limit.window()).isEqualTo(expected);
        assertThat(limit.reason()).isEqualTo(reason);
        assertThat(numbers(limit)).containsExactly(300L, 0L, 0L, 0L);
    }

    @Test
    void theFirstGenerationSaidOneNumberForBothDirections() {
        var limit = only(
                "io-limit/smart-limit: true",
                "io-limit/auto-iops: 400",
                "io-limit/auto-bps: 2000000",
                "io-limit/limit-reason: high-io-detected");

        assertThat(numbers(limit)).containsExactly(400L, 400L, 2_000_000L, 2_000_000L);
        assertThat(limit.window()).isEqualTo("legacy");
    }

    @Test
    void whatWasComputedDoesNotAddToWhatIsShown() {
        var limit = only("iops-limit/smart-limit: true", "iops-limit/write-iops-limit: 90", "iops-limit/auto-iops: 90");

        assertThat(numbers(limit)).containsExactly(0L, 90L, 0L, 0L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"iops-limit", "kubediskguard.io", "io-limit"})
    void aRemovedLimitIsNotRestored(String prefix) {
        var remembered = read(
                prefix + "/triggered-by: 15m",
                prefix + "/read-iops: 300",
                prefix + "/limit-removed: true",
                prefix + "/removed-at: 2024-01-15T10:30:00+08:00",
                prefix + "/removed-reason: IO已恢复正常");

        assertThat(remembered.isEmpty()).isTrue();
        assertThat(remembered.removedAt()).contains(Instant.parse("2024-01-15T02:30:00Z"));
    }

    @Test
    void theExactStateWinsOverRemovedAndFlatOnes() {
        var remembered = read(
                "iops-limit/smart-state: " + EXACT,
                "iops-limit/limit-removed: true",
                "iops-limit/removed-at: 2024-01-15T10:30:00Z",
                "iops-limit/smart-limit: true",
                "iops-limit/read-iops-limit: 100");

        assertThat(remembered.of("web", "disk").map(FormerStateTest::numbers)).contains(List.of(0L, 250L, 0L, 0L));
        assertThat(remembered.of("db", "disk")).isEmpty();
        assertThat(remembered.removedAt()).isEmpty();
    }

    @Test
    void theFirstPrefixWithAnyKeyDecidesAlone() {
        assertThat(read(
                                "iops-limit/limit-removed: true",
                                "kubediskguard.io/triggered-by: 15m",
                                "kubediskguard.io/read-iops-limit: 300")
                        .isEmpty())
                .as("the configured prefix comes first")
                .isTrue();
        assertThat(number(
                        new SmartStateCodec("acme.io", States.settings())
                                .read(
                                        texts(
                                                "iops-limit/smart-limit: true",
                                                "iops-limit/read-iops-limit: 100",
                                                "io-limit/smart-limit: true",
                                                "io-limit/read-iops-limit: 200",
                                                "kubediskguard.io/triggered-by: 15m",
                                                "kubediskguard.io/read-iops-limit: 300"),
                                        NOW)
                                .every()
                                .orElseThrow(),
                        RIOPS))
                .isEqualTo(300);
    }

    @ParameterizedTest
    @ValueSource(strings = {"read-iops: 300", "read-iops-limit: 300", "auto-iops: 300", "trigger-reason: 15m"})
    void aNumberAloneIsNoLimit(String line) {
        assertThat(read("iops-limit/" + line)).matches(Remembered::isEmpty).matches(it -> it.problems()
                .isEmpty());
    }

    @Test
    void ofAnOwnersKeysNothingIsRemembered() {
        assertThat(States.codec().read(texts("iops-limit/read-iops: 300", "other/triggered-by: x"), NOW))
                .isEqualTo(Remembered.NOTHING);
    }

    @Test
    void aBadNumberCostsThatNumberOnly() {
        var remembered = read(
                "iops-limit/smart-limit: true",
                "iops-limit/applied-at: yesterday",
                "iops-limit/triggered-by: " + "x".repeat(1000),
                "iops-limit/read-iops-limit: many",
                "iops-limit/write-iops-limit: 120",
                "iops-limit/read-bps-limit: -1",
                "iops-limit/write-bps-limit: 99999999999999999999");

        var limit = remembered.every().orElseThrow();
        assertThat(numbers(limit)).containsExactly(0L, 120L, 0L, 0L);
        assertThat(limit.at()).isEqualTo(NOW);
        assertThat(limit.window()).isEqualTo("legacy");
        assertThat(remembered.problems())
                .extracting(Problem::key)
                .containsExactlyInAnyOrder(
                        "iops-limit/read-iops-limit",
                        "iops-limit/read-bps-limit",
                        "iops-limit/write-bps-limit",
                        "iops-limit/applied-at",
                        "iops-limit/triggered-by");
        assertThat(remembered.problems()).allMatch(problem -> problem.value().length() <= 100);
    }

    @Test
    void aBadContainerCostsThatContainerOnly() {
        var remembered = read(
                "iops-limit/smart-state: " + EXACT.replace("{\"web\"", "{\"db\":{\"disk\":{\"w\":\"15m\"}},\"web\""));

        assertThat(remembered.of("web", "disk")).isPresent();
        assertThat(remembered.of("db", "disk")).isEmpty();
        assertThat(remembered.problems()).singleElement().satisfies(problem -> assertThat(problem.value())
                .isEqualTo("db.disk: {\"w\":\"15m\"}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{\"v\":2,\"c\":{}}",
                "{\"v\":1}",
                "{\"v\":1,\"c\":[]}",
                "{\"v\":1,\"c\":{\"a\":"
            })
    void whatIsNoStateLeavesTheFlatOne(String text) {
        var remembered = read(
                "iops-limit/smart-state: " + text, "iops-limit/smart-limit: true", "iops-limit/read-iops-limit: 300");

        assertThat(remembered.every()).isPresent();
        assertThat(remembered.problems()).extracting(Problem::key).containsExactly("iops-limit/smart-state");
    }

    @Test
    void aTextMadeToHurtIsRefused() {
        for (var text : List.of(
                "[".repeat(60_000),
                "{\"v\":1,\"c\":".repeat(5000),
                EXACT + " ".repeat(70_000),
                EXACT.replace("250", "9".repeat(60_000)))) {
            var remembered = read("iops-limit/smart-state: " + text);

            assertThat(remembered.isEmpty()).isTrue();
            assertThat(remembered.problems()).hasSize(1);
        }
    }

    @Test
    void noNumberIsBelowTheKernelsFloorAndNoTimeIsOutOfReach() {
        var small = read("iops-limit/smart-state: " + EXACT.replace("[0,250,0,0]", "[1,1,1,1]"));
        assertThat(small.of("web", "disk").map(FormerStateTest::numbers)).contains(List.of(2L, 2L, 65536L, 65536L));

        for (var year : List.of("+1000000000-01-01", "-1000000000-01-01", "2026-12-01")) {
            var limit = read("iops-limit/smart-state: " + EXACT.replace("2026-11-21", year))
                    .of("web", "disk");
            assertThat(limit).map(SmartLimit::at).hasValueSatisfying(at -> assertThat(at)
                    .isBetween(Instant.EPOCH, NOW));
        }
    }

    @Test
    void aClockThatWasPutBackLeavesTheTimeAsItIs() {
        var later = read("iops-limit/smart-state: " + EXACT.replace("T11:00", "T20:00"));

        assertThat(later.of("web", "disk")).map(SmartLimit::at).contains(Instant.parse("2026-11-21T20:00:00Z"));
    }

    private static List<Long> numbers(SmartLimit limit) {
        return Stream.of(RIOPS, WIOPS, RBPS, WBPS)
                .map(key -> number(limit, key))
                .toList();
    }

    private static SmartLimit only(String... lines) {
        var remembered = read(lines);
        assertThat(remembered.problems()).isEmpty();
        return remembered.every().orElseThrow();
    }

    private static Remembered read(String... lines) {
        return States.codec().read(texts(lines), NOW);
    }

    private static Map<String, String> texts(String... lines) {
        var texts = new HashMap<String, String>();
        for (var line : lines) {
            var colon = line.indexOf(": ");
            texts.put(line.substring(0, colon), line.substring(colon + 2));
        }
        return texts;
    }
}
