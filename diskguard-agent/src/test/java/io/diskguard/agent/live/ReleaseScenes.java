/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.live;

import static io.diskguard.agent.live.SmartScenes.FREE;
import static io.diskguard.agent.live.SmartScenes.LIMITED;
import static io.diskguard.agent.live.SmartScenes.LIMITED_BYTES;
import static io.diskguard.agent.live.SmartScenes.bytes;
import static io.diskguard.agent.live.SmartScenes.operations;
import static io.diskguard.agent.node.LiveNode.DATA;
import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.testkit.Pods;
import java.util.Map;

/** When a smart limit goes: one that had to stay goes once the key has another value. */
final class ReleaseScenes {
    private ReleaseScenes() {}

    static Map<String, Scene> all() {
        return Map.of(
                "smart_limit_remove_threshold", operations(releases(0.7, 600, LIMITED)),
                "smart_limit_remove_io_threshold", operations(releases(700, 600, LIMITED)),
                "smart_limit_remove_bps_threshold", bytes(releases(2600000, 600, LIMITED_BYTES)),
                "smart_limit_remove_check_interval",
                        operations(releases(1, 0, LIMITED)).with("smart_limit_remove_check_interval", 60),
                "smart_limit_remove_delay",
                        operations((node, key) -> {
                                    node.runApp().writes(900).minutes(12);
                                    node.writes(0).minutes(25);
                                    assertThat(node.limit()).isEqualTo(LIMITED);
                                    key.to(1);
                                    var next = Pods.idOf("next", "app");
                                    node.run(Pods.pod("next").container("app").build())
                                            .writes(next, 900)
                                            .minutes(12);
                                    assertThat(node.limit(next, DATA)).isEqualTo(LIMITED);
                                    node.writes(next, 0).minutes(15);
                                    assertThat(node.limit(next, DATA)).isEqualTo(FREE);
                                })
                                .with("smart_limit_remove_delay", 90));
    }

    private static Scene.Play releases(Object value, long operations, String limited) {
        return (node, key) -> {
            node.runApp().writes(900).minutes(12);
            assertThat(node.limit()).isEqualTo(limited);
            node.writes(operations).minutes(20);
            assertThat(node.limit()).isEqualTo(limited);
            key.to(value);
            assertThat(node.minutes(2).limit()).isEqualTo(FREE);
        };
    }
}
