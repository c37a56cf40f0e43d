/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.agent.node.LiveNode;
import io.diskguard.model.IoLimit;
import io.diskguard.model.LimitKey;
import io.diskguard.model.Rate;
import io.diskguard.testkit.Pods;
import java.time.Duration;
import java.util.Map;

/** How the agent works. */
final class ProcessScenes {
    private static final IoLimit OF_ANOTHER = IoLimit.UNLIMITED.with(LimitKey.WIOPS, Rate.perSecond(9999));

    private ProcessScenes() {}

    static Map<String, Scene> all() {
        return Map.of(
                "annotation_prefix",
                        Scene.of((node, key) -> {
                            node.run(Pods.pod("db")
                                    .annotation("disks.example.com/iops", "70")
                                    .container("app")
                                    .build());
                            assertThat(node.limit()).contains("riops=500 wiops=500");
                            key.to("disks.example.com");
                            assertThat(node.limit()).contains("riops=70 wiops=70");
                            key.unset();
                            assertThat(node.limit()).contains("riops=500 wiops=500");
                        }),
                "check_interval",
                        Scene.of((node, key) -> {
                                    tampered(node.runApp());
                                    assertThat(node.minutes(4).limit()).contains("wiops=9999");
                                    key.to("20s");
                                    assertThat(node.limit())
                                            .as("a change looks at once")
                                            .contains("wiops=500");
                                    tampered(node);
                                    assertThat(node.pass(Duration.ofSeconds(10)).limit())
                                            .contains("wiops=9999");
                                    assertThat(node.pass(Duration.ofSeconds(10)).limit())
                                            .contains("wiops=500");
                                })
                                .with("check_interval", 300),
                "cgroup_version",
                        Scene.of((node, key) -> {
                                    node.runApp();
                                    assertThat(key.refused("v2")).contains("cgroup-v2-io-max", "cannot work here");
                                    assertThat(node.limit()).contains("riops=500 wiops=500");
                                    key.to("v1");
                                    assertThat(node.limit()).contains("riops=500 wiops=500");
                                    assertThat(node.ready()).contains("\"ready\" : true");
                                })
                                .onV1(),
                "on_shutdown",
                        Scene.of((node, key) -> {
                            node.runApp();
                            key.to("clear");
                            assertThat(node.limit()).contains("riops=500 wiops=500");
                            node.stop();
                            assertThat(node.limit()).contains("riops=max wiops=max");
                        }));
    }

    private static void tampered(LiveNode node) {
        assertThat(node.limit()).contains("wiops=500");
        node.tamper(OF_ANOTHER);
    }
}
