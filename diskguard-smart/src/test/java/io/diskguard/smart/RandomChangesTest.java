/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.smart;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.spi.Errno;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever changes in whatever order: once it is quiet, the kernel, the pod and the configuration say the same. */
class RandomChangesTest {
    private static final int CHANGES = 25;
    private static final Map<String, List<String>> VALUES = Map.of(
            "smart_limit_enabled", List.of("true", "false", "true"),
            "smart_limit_mode", List.of("enforce", "shadow", "enforce"),
            "smart_limit_annotation_prefix", List.of("iops-limit", "io-limit", "a.io", "b.io"),
            "smart_limit_monitor_interval", List.of("10", "60", "90"),
            "smart_limit_history_window", List.of("4", "10", "30"),
            "smart_limit_graded_thresholds", List.of("true", "false", "false"),
            "smart_limit_only_under_pressure", List.of("true", "false", "false"),
            "smart_limit_remove_delay", List.of("0", "5"));

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void inTheEndAllSayTheSame(long seed) {
        var random = new Random(seed);
        var names = List.copyOf(new TreeMap<>(VALUES).keySet());
        try (var node = new LiveNode(Map.of()).contended(60, 1)) {
            var keys = new TreeMap<>(Map.of("smart_limit_enabled", "true", "smart_limit_mode", "enforce"));
            for (var i = 0; i < CHANGES; i++) {
                for (var many = 0; many <= random.nextInt(3); many++) {
                    var name = names.get(random.nextInt(names.size()));
                    var values = VALUES.get(name);
                    var value = values.get(random.nextInt(values.size()));
                    keys.put(name, value);
                    node.set(name, value);
                }
                var cgroups = node.node().node().cgroups();
                switch (random.nextInt(6)) {
                    case 0 -> node.writes(10);
                    case 1 -> cgroups.refuseWrites(Errno.OTHER);
                    default -> node.writes(600 + random.nextInt(400));
                }
                if (random.nextBoolean()) {
                    node.seconds(random.nextInt(300));
                }
                cgroups.refuseNothing();
                if (random.nextInt(3) == 0) {
                    node.seconds(62);
                    check(node, keys, "seed " + seed + ", change " + i + ": " + keys);
                }
            }
        }
    }

    private static void check(LiveNode node, Map<String, String> keys, String as) {
        var prefix = keys.getOrDefault("smart_limit_annotation_prefix", "iops-limit") + "/";
        var isEnabled = keys.get("smart_limit_enabled").equals("true");
        var isShadow = isEnabled && keys.get("smart_limit_mode").equals("shadow");
        var said = node.annotations();
        var isSaid = said.keySet().stream().anyMatch(key -> key.endsWith("/smart-limit"));
        if (!isEnabled || isShadow) {
            assertThat(node.kernel()).as(as).isEmpty();
        }
        assertThat(isSaid).as("%s: %s", as, said).isEqualTo(!node.kernel().isEmpty());
        // What is said of a release stays in shadow where it was said
        if (!isShadow) {
            assertThat(said.keySet()).as(as).allMatch(key -> key.startsWith(prefix));
        }
    }
}
