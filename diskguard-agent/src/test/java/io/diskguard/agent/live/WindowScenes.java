/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.live;

import static io.diskguard.agent.live.SmartScenes.FREE;
import static io.diskguard.agent.live.SmartScenes.LIMITED;
import static io.diskguard.agent.live.SmartScenes.LIMITED_BYTES;
import static io.diskguard.agent.live.SmartScenes.bytes;
import static io.diskguard.agent.live.SmartScenes.operations;
import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.testkit.Pods;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Over what time the load is judged, and by what. */
final class WindowScenes {
    private static final String TRIGGERED_BY = "iops-limit/triggered-by";

    private WindowScenes() {}

    static Map<String, Scene> all() {
        var all = new HashMap<String, Scene>();
        all.put(
                "smart_limit_history_window",
                operations((node, key) -> {
                            node.runApp().writes(900).minutes(8);
                            assertThat(node.limit()).isEqualTo(FREE);
                            key.to(10);
                            assertThat(node.minutes(2).limit()).isEqualTo(LIMITED);
                        })
                        .with("smart_limit_history_window", 40));
        all.put(
                "smart_limit_high_io_threshold",
                operations(triggers(0.8, LIMITED, "legacy")).with("smart_limit_high_io_threshold", 0.95));
        all.put(
                "smart_limit_high_bps_threshold",
                bytes(triggers(0.8, LIMITED_BYTES, "legacy")).with("smart_limit_high_bps_threshold", 0.95));
        all.put("smart_limit_graded_thresholds", operations((node, key) -> {
            node.runApp().writes(900).minutes(12);
            assertThat(node.annotations("db")).containsEntry(TRIGGERED_BY, "legacy");
            key.to(true);
            node.run(Pods.pod("next").container("app").build()).writes(Pods.idOf("next", "app"), 900);
            assertThat(node.minutes(12).annotations("next")).containsEntry(TRIGGERED_BY, "15m");
        }));
        all.put(
                "smart_limit_windows",
                operations(triggers(List.of(Map.of("window", "12m", "io_threshold", 0.6)), LIMITED, "12m"))
                        .with("smart_limit_high_io_threshold", 0.95));
        for (var window : List.of("15m", "30m", "60m")) {
            var half = Map.of("smart_limit_io_threshold_" + window, 0.6, "smart_limit_bps_threshold_" + window, 0.6);
            all.put(
                    "smart_limit_io_threshold_" + window,
                    operations(triggers(0.8, LIMITED, window)).with(ones()));
            all.put(
                    "smart_limit_bps_threshold_" + window,
                    bytes(triggers(0.8, LIMITED_BYTES, window)).with(ones()));
            all.put(
                    "smart_limit_iops_limit_" + window,
                    operations(tightens(300, LIMITED, "wiops=300")).with(ones()).with(half));
            all.put(
                    "smart_limit_bps_limit_" + window,
                    bytes(tightens("1Mi", LIMITED_BYTES, "wbps=1048576"))
                            .with(ones())
                            .with(half));
        }
        return all;
    }

    /** Three windows of which none triggers. */
    private static Map<String, Object> ones() {
        var all = new HashMap<String, Object>();
        for (var window : List.of("15m", "30m", "60m")) {
            all.put("smart_limit_io_threshold_" + window, 1);
            all.put("smart_limit_bps_threshold_" + window, 1);
        }
        all.put("smart_limit_graded_thresholds", true);
        return all;
    }

    /** What was not too much is, in that window. */
    private static Scene.Play triggers(Object value, String limited, String window) {
        return (node, key) -> {
            node.runApp().writes(900).minutes(35);
            assertThat(node.limit()).isEqualTo(FREE);
            key.to(value);
            assertThat(node.minutes(2).limit()).isEqualTo(limited);
            assertThat(node.annotations("db")).containsEntry(TRIGGERED_BY, window);
        };
    }

    /** A configured limit takes the place of a computed one that is less strict. */
    private static Scene.Play tightens(Object value, String before, String after) {
        return (node, key) -> {
            node.runApp().writes(900).minutes(35);
            assertThat(node.limit()).isEqualTo(before);
            key.to(value);
            assertThat(node.minutes(2).limit()).contains(after);
        };
    }
}
