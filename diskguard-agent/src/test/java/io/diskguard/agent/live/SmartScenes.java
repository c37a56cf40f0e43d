/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.live;

import static io.diskguard.agent.node.LiveNode.DATA;
import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.agent.node.LiveNode;
import io.diskguard.config.SmartSettings;
import io.diskguard.policy.smart.Recorded;
import io.diskguard.testkit.Pods;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;

/** What is decided by the load. */
final class SmartScenes {
    static final String FREE = "rbps=max wbps=max riops=max wiops=max";
    static final String LIMITED = "rbps=max wbps=max riops=max wiops=720";
    static final String LIMITED_BYTES = "rbps=max wbps=2949120 riops=max wiops=max";

    private static final String PRESSURE = "some avg10=20.00 avg60=20.00 avg300=20.00 total=1\n"
            + "full avg10=20.00 avg60=20.00 avg300=20.00 total=1\n";

    private SmartScenes() {}

    static Map<String, Scene> all() {
        return Map.ofEntries(
                Map.entry(
                        "smart_limit_enabled",
                        operations((node, key) -> {
                                    node.runApp().writes(900).minutes(12);
                                    assertThat(node.limit()).isEqualTo(FREE);
                                    key.to(true);
                                    assertThat(node.minutes(12).limit()).isEqualTo(LIMITED);
                                    key.to(false);
                                    assertThat(node.limit()).isEqualTo(FREE);
                                })
                                .with("smart_limit_enabled", false)),
                Map.entry(
                        "smart_limit_mode",
                        operations((node, key) -> {
                                    node.runApp().writes(900).minutes(12);
                                    assertThat(node.decisions())
                                            .extracting(Recorded::mode)
                                            .containsExactly(SmartSettings.Mode.SHADOW);
                                    assertThat(node.limit()).isEqualTo(FREE);
                                    key.to("enforce");
                                    assertThat(node.minutes(2).limit()).isEqualTo(LIMITED);
                                    key.to("shadow");
                                    assertThat(node.limit()).isEqualTo(FREE);
                                })
                                .with("smart_limit_mode", "shadow")),
                Map.entry("smart_limit_annotation_prefix", operations((node, key) -> {
                    node.runApp().writes(900).minutes(12);
                    assertThat(node.annotations("db")).containsEntry("iops-limit/smart-limit", "true");
                    key.to("acme.io");
                    assertThat(node.minutes(1).annotations("db"))
                            .containsEntry("acme.io/smart-limit", "true")
                            .allSatisfy((name, value) -> assertThat(name).startsWith("acme.io/"));
                    assertThat(node.limit()).isEqualTo(LIMITED);
                })),
                Map.entry("smart_limit_monitor_interval", operations((node, key) -> {
                    assertThat(roundsOfFiveMinutes(node.runApp())).isEqualTo(5);
                    key.to("10s");
                    assertThat(roundsOfFiveMinutes(node)).isEqualTo(30);
                })),
                Map.entry(
                        "smart_limit_reference",
                        operations((node, key) -> {
                                    node.runApp().writes(450).minutes(12);
                                    assertThat(node.limit()).contains("wiops=500");
                                    key.to("limit");
                                    assertThat(node.minutes(2).limit()).contains("wiops=360");
                                })
                                .with("container_write_iops_limit", 500)),
                Map.entry("smart_limit_auto_iops", newcomers(800, LIMITED, "wiops=800")),
                Map.entry("smart_limit_min_iops", newcomers(800, LIMITED, "wiops=800")),
                Map.entry(
                        "smart_limit_auto_bps",
                        newcomers("3Mi", LIMITED_BYTES, "wbps=3145728").with(Loads.BYTES)),
                Map.entry(
                        "smart_limit_min_bps",
                        newcomers("3Mi", LIMITED_BYTES, "wbps=3145728").with(Loads.BYTES)),
                Map.entry(
                        "smart_limit_only_under_pressure",
                        operations((node, key) -> {
                                    node.runApp().writes(900).minutes(12);
                                    assertThat(node.limit()).isEqualTo(FREE);
                                    key.to(false);
                                    assertThat(node.minutes(2).limit()).isEqualTo(LIMITED);
                                })
                                .with("smart_limit_only_under_pressure", true)),
                Map.entry(
                        "pressure_some_percent",
                        operations((node, key) -> {
                                    node.runApp();
                                    pressure(node);
                                    node.writes(900).minutes(12);
                                    assertThat(node.limit()).isEqualTo(FREE);
                                    key.to(15);
                                    assertThat(node.minutes(2).limit()).isEqualTo(LIMITED);
                                })
                                .with("smart_limit_only_under_pressure", true)
                                .with("pressure_some_percent", 50)),
                Map.entry(
                        "pressure_await_factor",
                        operations((node, key) -> {
                                    node.simulated().capacity(DATA, 1000);
                                    node.runApp().writes(100).minutes(40);
                                    node.writes(2000).minutes(12);
                                    assertThat(node.limit()).isEqualTo(FREE);
                                    key.to(1.5);
                                    assertThat(node.minutes(2).limit())
                                            .isEqualTo("rbps=max wbps=max riops=max wiops=800");
                                })
                                .with("smart_limit_only_under_pressure", true)));
    }

    static Scene operations(Scene.Play play) {
        return Scene.of(play).with(Loads.OPERATIONS);
    }

    static Scene bytes(Scene.Play play) {
        return Scene.of(play).with(Loads.BYTES);
    }

    /** What is computed stays as it is while it is in force: the next container shows it. */
    private static Scene newcomers(Object value, String before, String after) {
        return operations((node, key) -> {
            node.runApp().writes(900).minutes(12);
            assertThat(node.limit()).isEqualTo(before);
            key.to(value);
            var next = Pods.idOf("next", "app");
            node.run(Pods.pod("next").container("app").build())
                    .writes(next, 900)
                    .minutes(12);
            assertThat(node.limit(next, DATA)).contains(after);
            assertThat(node.limit()).isEqualTo(before);
        });
    }

    private static int roundsOfFiveMinutes(LiveNode node) {
        var before = node.rounds();
        return node.pass(Duration.ofMinutes(5)).rounds() - before;
    }

    /** The host's own files, which the simulated kernel does not write. */
    private static void pressure(LiveNode node) throws IOException {
        var simulated = node.simulated();
        var mount = simulated
                .environment()
                .paths()
                .proc()
                .getFileSystem()
                .getPath(simulated.cgroups().mountPoint());
        var cgroup = simulated.cgroupOf(LiveNode.APP).orElseThrow().value().substring(1);
        Files.writeString(Files.createDirectories(mount.resolve(cgroup)).resolve("io.pressure"), PRESSURE);
    }
}
