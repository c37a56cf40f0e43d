/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.agent.house.Promtool;
import io.diskguard.model.IoLimit;
import io.diskguard.model.LimitKey;
import io.diskguard.model.Rate;
import io.diskguard.testkit.Pods;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is scraped of the agent as it is. */
class NodeMetricsTest {
    private static final String APP =
            "namespace=\"default\",pod=\"db\",container=\"app\",device=\"nvme0n1\",direction=\"write\"";

    @TempDir
    Path directory;

    private LiveNode node;

    @BeforeEach
    void open() throws AgentException {
        node = new LiveNode(directory, true, Map.of());
    }

    @AfterEach
    void close() {
        node.close();
    }

    @Test
    void aContainersLimitIsThereBesideWhatItDoes() {
        node.run(Pods.pod("db")
                        .annotation("iops-limit/write-bps", "1Mi")
                        .container("app")
                        .build())
                .writes(100)
                .minutes(3);

        assertThat(node.metrics())
                .contains(
                        "diskguard_container_limit_operations_per_second{" + APP + ",source=\"default\"} 500",
                        "diskguard_container_limit_bytes_per_second{" + APP + ",source=\"annotation\"} 1048576",
                        "diskguard_limit_verified{namespace=\"default\",pod=\"db\",container=\"app\",device=\"nvme0n1\"} 1",
                        "diskguard_containers_limited{source=\"annotation\"} 1.0",
                        "diskguard_device_info{device=\"nvme0n1\",major=\"259\",minor=\"0\"} 1.0")
                .containsPattern("diskguard_container_io_operations_total\\{" + APP + "} [1-9]")
                .containsPattern("diskguard_container_io_bytes_total\\{" + APP + "} [1-9]");
    }

    @Test
    void promtoolFindsNothingWrong() throws IOException {
        node.runApp().writes(100).minutes(3);

        Promtool.findsNothingIn(node.metrics(), directory);
    }

    @Test
    void aContainersSeriesGoWithIt() {
        node.runApp();
        assertThat(node.metrics()).contains("pod=\"db\"");

        node.simulated().removePod("uid-db");

        assertThat(node.metrics()).doesNotContain("pod=\"db\"");
    }

    @Test
    void whatNothingLimitsIsThereWhereItDoesMuch() {
        node.run(
                Pods.pod("db")
                        .annotation("iops-limit/iops", "0")
                        .container("app")
                        .build(),
                Pods.pod("idle")
                        .annotation("iops-limit/iops", "0")
                        .container("app")
                        .build());
        node.writes(400).minutes(3);

        assertThat(node.metrics())
                .contains("diskguard_container_io_operations_total{" + APP)
                .doesNotContain("pod=\"idle\"");
    }

    @Test
    void aLimitOfSomebodyElseIsToldAsSuch() {
        node.run(Pods.pod("db")
                .annotation("iops-limit/iops", "0")
                .container("app")
                .build());
        node.tamper(IoLimit.UNLIMITED.with(LimitKey.WIOPS, Rate.perSecond(100)));
        node.minutes(2);

        assertThat(node.metrics())
                .contains(
                        "diskguard_container_limit_operations_per_second{" + APP + ",source=\"foreign\"} 100",
                        "diskguard_limit_verified{namespace=\"default\",pod=\"db\",container=\"app\",device=\"nvme0n1\"} 0");
    }

    @Test
    void runsAreTimedAndSoIsANewContainersWayToItsLimit() {
        node.runApp().pass(Duration.ofSeconds(10));

        assertThat(node.metrics())
                .containsPattern("diskguard_reconcile_duration_seconds_count [1-9]")
                .containsPattern("diskguard_time_to_limit_seconds_count [1-9]");
    }

    @Test
    void theNamesThatDashboardsOfKubeDiskGuardKnowAreThere() {
        node.runApp().minutes(2);

        assertThat(node.metrics())
                .containsPattern("kubediskguard_container_total [1-9]")
                .contains("kubediskguard_container_success_total 1.0", "kubediskguard_container_fail_total 0.0")
                .containsPattern("kubediskguard_container_skip_total [1-9]")
                .contains("kubediskguard_container_reset_total 0.0");
    }
}
