/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.smart;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.config.ConfigKey;
import io.diskguard.config.ConfigKeys;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each key of smart limit, changed as the node runs, is seen in what the next rounds do, and only then. */
class LiveKeysTest {
    /** Who reads the statistics is exchanged below smart limit. */
    private static final String OF_THE_STATISTICS = "smart_limit_use_kubelet_api";

    /** A key, the node before it changes, what happens after, and what comes of that: without the change, and with it. */
    private record Change(
            String key,
            String value,
            Map<String, String> before,
            Consumer<LiveNode> until,
            Consumer<LiveNode> then,
            String unchanged,
            String changed) {
        @Override
        public String toString() {
            return key + ": " + value;
        }
    }

    /** A disk whose bytes are judged alone: 900 writes of 4 KiB a second are 0.88 of it. */
    private static final Map<String, String> BYTES = Map.of("data_total_iops", "0", "data_total_bps", "4Mi");

    private static final Consumer<LiveNode> BUSY = on -> on.writes(900).minutes(2);
    private static final Consumer<LiveNode> LIMITED = on -> on.writes(900).minutes(10);
    private static final Consumer<LiveNode> A_WHILE = on -> on.minutes(8);

    private static Consumer<LiveNode> quieter(long operations) {
        return on -> on.writes(operations).minutes(25);
    }

    private static Map<String, String> and(Map<String, String> some, String key, String value) {
        var all = new HashMap<>(some);
        all.put(key, value);
        return all;
    }

    static List<Change> changes() {
        var none = Map.<String, String>of();
        var applied = "APPLY enforce legacy wiops=720, took APPLY";
        var released = "RELEASE enforce legacy wiops=720, took RELEASE";
        var appliedBytes = "APPLY enforce legacy wbps=2949120, took APPLY";
        var releasedBytes = "RELEASE enforce legacy wbps=2949120, took RELEASE";
        var all = new ArrayList<>(List.of(
                new Change(
                        "smart_limit_enabled",
                        "true",
                        Map.of("smart_limit_enabled", "false"),
                        BUSY,
                        A_WHILE,
                        "",
                        applied),
                new Change("smart_limit_enabled", "false", none, LIMITED, A_WHILE, "", released),
                new Change("smart_limit_mode", "shadow", none, BUSY, A_WHILE, applied, "APPLY shadow legacy wiops=720"),
                new Change(
                        "smart_limit_annotation_prefix",
                        "acme.io",
                        none,
                        LIMITED,
                        on -> on.minutes(1)
                                .told()
                                .add(new TreeSet<>(on.annotations().keySet()).first()),
                        "iops-limit/applied-at",
                        "acme.io/applied-at"),
                new Change(
                        "smart_limit_monitor_interval",
                        "10",
                        none,
                        on -> on.minutes(2),
                        on -> {
                            on.minutes(5);
                            on.told().add(on.rounds() + " rounds");
                        },
                        "5 rounds",
                        "30 rounds"),
                new Change(
                        "smart_limit_reference",
                        "limit",
                        Map.of("container_write_iops_limit", "500"),
                        on -> on.writes(450).minutes(2),
                        A_WHILE,
                        "",
                        "APPLY enforce legacy wiops=360, took APPLY"),
                new Change("smart_limit_auto_iops", "800", none, BUSY, A_WHILE, applied, applied.replace("720", "800")),
                new Change("smart_limit_min_iops", "800", none, BUSY, A_WHILE, applied, applied.replace("720", "800")),
                new Change(
                        "smart_limit_auto_bps",
                        "3Mi",
                        BYTES,
                        BUSY,
                        A_WHILE,
                        appliedBytes,
                        appliedBytes.replace("2949120", "3145728")),
                new Change(
                        "smart_limit_min_bps",
                        "3Mi",
                        BYTES,
                        BUSY,
                        A_WHILE,
                        appliedBytes,
                        appliedBytes.replace("2949120", "3145728")),
                new Change("smart_limit_only_under_pressure", "true", none, BUSY, A_WHILE, applied, ""),
                new Change(
                        "pressure_some_percent",
                        "30",
                        Map.of("smart_limit_only_under_pressure", "true", "pressure_some_percent", "50"),
                        on -> on.contended(40, 1).writes(900).minutes(8),
                        A_WHILE,
                        "",
                        applied),
                new Change(
                        "pressure_await_factor",
                        "1.5",
                        Map.of("smart_limit_only_under_pressure", "true"),
                        on -> on.contended(0, 2).writes(900).minutes(40).contended(0, 4),
                        A_WHILE,
                        "",
                        applied),
                new Change(
                        "smart_limit_history_window",
                        "10",
                        Map.of("smart_limit_history_window", "40"),
                        on -> on.writes(900).minutes(8),
                        on -> on.minutes(2),
                        "",
                        applied),
                new Change("smart_limit_high_io_threshold", "0.95", none, BUSY, A_WHILE, applied, ""),
                new Change("smart_limit_high_bps_threshold", "0.95", BYTES, BUSY, A_WHILE, appliedBytes, ""),
                new Change(
                        "smart_limit_graded_thresholds",
                        "true",
                        none,
                        BUSY,
                        A_WHILE,
                        applied,
                        applied.replace("legacy", "15m")),
                new Change(
                        "smart_limit_windows",
                        "[{\"window\": \"12m\", \"io_threshold\": 0.6}]",
                        none,
                        on -> on.writes(700).minutes(2),
                        A_WHILE,
                        "",
                        "APPLY enforce 12m wiops=560, took APPLY"),
                new Change("smart_limit_remove_threshold", "0.3", none, LIMITED, quieter(400), released, ""),
                new Change("smart_limit_remove_io_threshold", "300", none, LIMITED, quieter(400), released, ""),
                new Change("smart_limit_remove_bps_threshold", "1Mi", BYTES, LIMITED, quieter(400), releasedBytes, ""),
                new Change(
                        "smart_limit_remove_delay",
                        "60",
                        none,
                        BUSY,
                        on -> on.minutes(8).writes(10).minutes(25),
                        applied + ", " + released,
                        applied),
                new Change("smart_limit_remove_check_interval", "30", none, LIMITED, quieter(10), released, "")));
        for (var minutes : List.of(15, 30, 60)) {
            var window = minutes + "m";
            all.add(graded("smart_limit_io_threshold_", "0.8", Map.of(), minutes, "", applied));
            all.add(graded("smart_limit_bps_threshold_", "0.8", BYTES, minutes, "", appliedBytes));
            all.add(graded(
                    "smart_limit_iops_limit_",
                    "300",
                    Map.of("smart_limit_io_threshold_" + window, "0.8"),
                    minutes,
                    applied,
                    applied.replace("720", "300")));
            all.add(graded(
                    "smart_limit_bps_limit_",
                    "2Mi",
                    and(BYTES, "smart_limit_bps_threshold_" + window, "0.8"),
                    minutes,
                    appliedBytes,
                    appliedBytes.replace("2949120", "2097152")));
        }
        return all;
    }

    /** One of three windows of which no other triggers. */
    private static Change graded(
            String key, String value, Map<String, String> more, int minutes, String unchanged, String changed) {
        var before = new HashMap<String, String>();
        for (var window : List.of("15m", "30m", "60m")) {
            before.put("smart_limit_io_threshold_" + window, "1");
            before.put("smart_limit_bps_threshold_" + window, "1");
        }
        before.put("smart_limit_graded_thresholds", "true");
        before.putAll(more);
        var window = minutes + "m";
        return new Change(
                key + window,
                value,
                before,
                BUSY,
                on -> on.minutes(minutes),
                unchanged.replace("legacy", window),
                changed.replace("legacy", window));
    }

    @ParameterizedTest
    @MethodSource("changes")
    void theNextRoundsGoByTheNewValue(Change change) {
        assertThat(lived(change, false)).as("without the change").isEqualTo(change.unchanged());
        assertThat(lived(change, true)).as("with it").isEqualTo(change.changed());
    }

    private static String lived(Change change, boolean changes) {
        try (var node = new LiveNode(change.before())) {
            change.until().accept(node);
            node.fresh();
            if (changes) {
                node.set(change.key(), change.value());
            }
            change.then().accept(node);
            return String.join(", ", node.told());
        }
    }

    @Test
    void noKeyIsMissing() {
        var keys = ConfigKeys.all().stream()
                .map(ConfigKey::name)
                .filter(name -> name.startsWith("smart_limit_") || name.startsWith("pressure_"));
        assertThat(Stream.concat(changes().stream().map(Change::key), Stream.of(OF_THE_STATISTICS))
                        .collect(Collectors.toSet()))
                .containsExactlyInAnyOrderElementsOf(keys.toList());
    }
}
