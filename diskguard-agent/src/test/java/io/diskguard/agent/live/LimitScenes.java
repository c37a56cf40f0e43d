/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.testkit.Pods;
import java.util.Map;

/** What a container may do: seen in the kernel. */
final class LimitScenes {
    private static final String USUAL = "rbps=max wbps=max riops=500 wiops=500";

    private LimitScenes() {}

    static Map<String, Scene> all() {
        return Map.of(
                "container_iops_limit", limits(200, "rbps=max wbps=max riops=200 wiops=200"),
                "container_read_iops_limit", limits(200, "rbps=max wbps=max riops=200 wiops=500"),
                "container_write_iops_limit", limits("2k", "rbps=max wbps=max riops=500 wiops=2000"),
                "container_bps_limit", limits("1Mi", "rbps=1048576 wbps=1048576 riops=500 wiops=500"),
                "container_read_bps_limit", limits("10M", "rbps=10000000 wbps=max riops=500 wiops=500"),
                "container_write_bps_limit", limits(1048576, "rbps=max wbps=1048576 riops=500 wiops=500"),
                "max_iops_limit", ceiling("iops", 300, "riops=9000 wiops=9000", "riops=300 wiops=300"),
                "max_bps_limit", ceiling("bps", "1Mi", "rbps=9000000 wbps=9000000", "rbps=1048576 wbps=1048576"));
    }

    private static Scene limits(Object value, String expected) {
        return Scene.of((node, key) -> {
            node.runApp();
            assertThat(node.limit()).isEqualTo(USUAL);
            key.to(value);
            assertThat(node.limit()).isEqualTo(expected);
            key.unset();
            assertThat(node.limit()).isEqualTo(USUAL);
        });
    }

    private static Scene ceiling(String numbers, Object value, String before, String after) {
        return Scene.of((node, key) -> {
            var asked = numbers.equals("iops") ? "9000" : "9000000";
            node.run(Pods.pod("db")
                    .annotation("iops-limit/" + numbers, asked)
                    .container("app")
                    .build());
            assertThat(node.limit()).contains(before);
            key.to(value);
            assertThat(node.limit()).contains(after);
            key.to(0);
            assertThat(node.limit()).contains(before);
        });
    }
}
