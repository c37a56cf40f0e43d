/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.live;

import static io.diskguard.agent.node.LiveNode.APP;
import static io.diskguard.agent.node.LiveNode.DATA;
import static io.diskguard.agent.node.LiveNode.LOGS;
import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.agent.node.LiveNode;
import java.util.List;
import java.util.Map;

/** Which disks are limited, and what they can do. */
final class DiskScenes {
    private static final String LIMITED = "rbps=max wbps=max riops=500 wiops=500";
    private static final String FREE = "rbps=max wbps=max riops=max wiops=max";

    private DiskScenes() {}

    static Map<String, Scene> all() {
        return Map.of(
                "data_mount",
                        Scene.of((node, key) -> {
                            sees(node.runApp(), LIMITED, FREE);
                            key.to("/logs");
                            sees(node, FREE, LIMITED);
                            assertThat(key.refused("/nowhere")).contains("no disk for mount /nowhere");
                            sees(node.minutes(1), FREE, LIMITED);
                            key.to("/data");
                            sees(node, LIMITED, FREE);
                        }),
                "data_mounts",
                        Scene.of((node, key) -> {
                            sees(node.runApp(), LIMITED, FREE);
                            key.to(List.of("/data", "/logs"));
                            sees(node, LIMITED, LIMITED);
                            assertThat(key.refused(List.of("/logs", "/nowhere")))
                                    .contains("/nowhere");
                            sees(node.minutes(1), LIMITED, LIMITED);
                            key.unset();
                            sees(node, LIMITED, FREE);
                        }),
                "data_devices",
                        Scene.of((node, key) -> {
                            sees(node.runApp(), LIMITED, FREE);
                            key.to("sdb");
                            sees(node, LIMITED, LIMITED);
                            assertThat(key.refused("sdz")).contains("no disk for device sdz");
                            sees(node.minutes(1), LIMITED, LIMITED);
                            key.unset();
                            sees(node, LIMITED, FREE);
                        }),
                "data_total_iops", judged(1000).with("data_total_iops", 2000),
                "data_total_bps", judged("4Mi").with(Loads.BYTES).with("data_total_bps", "8Mi"),
                "data_disks",
                        judged(List.of(Map.of("device", "nvme0n1", "total_iops", 1000)))
                                .with("data_total_iops", 2000));
    }

    private static void sees(LiveNode node, String data, String logs) {
        assertThat(node.limit(APP, DATA)).as("/data").isEqualTo(data);
        assertThat(node.limit(APP, LOGS)).as("/logs").isEqualTo(logs);
        assertThat(node.ready()).as("disks").contains(logs.equals(LIMITED) ? "sdb" : "nvme0n1");
    }

    /** A load that is much of what the disk can do only once that is said. */
    private static Scene judged(Object value) {
        return Scene.of((node, key) -> {
                    node.runApp().writes(900).minutes(12);
                    assertThat(node.limit()).isEqualTo(FREE);
                    key.to(value);
                    assertThat(node.minutes(2).limit()).isNotEqualTo(FREE);
                })
                .with(Loads.OPERATIONS);
    }
}
