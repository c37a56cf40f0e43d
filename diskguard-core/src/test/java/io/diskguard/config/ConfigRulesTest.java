/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.config;

import static io.diskguard.config.Sources.config;
import static io.diskguard.config.Sources.environment;
import static io.diskguard.config.Sources.problems;
import static io.diskguard.config.Sources.warnings;
import static io.diskguard.config.Sources.yaml;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What keys mean together, and within their structures. */
class ConfigRulesTest {
    @Test
    void aDefaultAboveTheCeilingIsSaid() {
        assertThat(warnings(yaml("max_iops_limit: 300")))
                .containsExactly(
                        "container_iops_limit (default): is above the ceiling max_iops_limit, which holds: 300");
        assertThat(warnings(yaml("max_bps_limit: 1Mi", "container_read_bps_limit: 2Mi")))
                .singleElement()
                .asString()
                .startsWith("container_read_bps_limit (c.yaml line 2)");
    }

    @Test
    void windowsMayBeWrittenInBothForms() {
        var windows = config(yaml(
                        "smart_limit_windows:",
                        "  - {duation: 1, iops_threshold: 500, bps_threshold: 20971520}",
                        "  - {duration: 5, iops_threshold: 800}",
                        "  - {window: 15m, io_threshold: 0.9, iops_limit: 200}",
                        "  - {window: 1h}"))
                .smart()
                .windows();
        assertThat(windows).extracting(SmartWindow::name).containsExactly("1m", "5m", "15m", "60m");
        assertThat(windows.get(0).bps()).isEqualTo(new Threshold.PerSecond(20 << 20));
        assertThat(windows.get(1).bps()).isEqualTo(new Threshold.Fraction(0.8));
        assertThat(windows.get(2).iopsLimit()).hasValue(200);
        assertThat(windows.get(2).bpsLimit()).isEmpty();
    }

    @Test
    void windowsInTheEnvironmentAreJson() {
        assertThat(config(environment("SMART_LIMIT_WINDOWS", "[{\"window\": 90, \"io_threshold\": \"8k\"}]"))
                        .smart()
                        .windows())
                .containsExactly(new SmartWindow(
                        "90m",
                        Duration.ofMinutes(90),
                        new Threshold.PerSecond(8000),
                        new Threshold.Fraction(0.8),
                        OptionalLong.empty(),
                        OptionalLong.empty()));
    }

    @Test
    void gradedThresholdsAreThreeWindows() {
        var windows = config(yaml(
                        "smart_limit_graded_thresholds: true",
                        "smart_limit_io_threshold_30m: 8000",
                        "smart_limit_bps_limit_60m: 10Mi"))
                .smart()
                .windows();
        assertThat(windows).extracting(SmartWindow::name).containsExactly("15m", "30m", "60m");
        assertThat(windows.get(1).io()).isEqualTo(new Threshold.PerSecond(8000));
        assertThat(windows.get(2).bpsLimit()).hasValue(10 << 20);
    }

    @Test
    void aProblemInAStructureNamesItsPath() {
        assertThat(problems(yaml(
                        "on_shutdown: keep",
                        "smart_limit_windows:",
                        "  - {window: 15m, io_threshold: 1.5}",
                        "  - {window: 2s, bps_treshold: 0.8}",
                        "  - {io_threshold: 0.8}",
                        "  - 60m",
                        "data_disks: [{device: sda, total_bps: much}]")))
                .extracting(line -> line.substring(0, line.indexOf(':')))
                .containsExactly(
                        "data_disks[0].total_bps=much (c.yaml line 7)",
                        "smart_limit_windows[0].io_threshold=1.5 (c.yaml line 2)",
                        "smart_limit_windows[1].window=2s (c.yaml line 2)",
                        "smart_limit_windows[1].bps_treshold=0.8 (c.yaml line 2)",
                        "smart_limit_windows[2].window= (c.yaml line 2)",
                        "smart_limit_windows[3]=60m (c.yaml line 2)");
    }

    @Test
    void windowsGoShortestFirstEachOnce() {
        assertThat(problems(yaml("smart_limit_windows: [{window: 30m}, {window: 15m}]")))
                .singleElement()
                .asString()
                .startsWith("smart_limit_windows[1].window=15m")
                .contains("more than the window before it, 30m");
        assertThat(problems(yaml("smart_limit_windows: [{window: 1h}, {window: 60}]")))
                .hasSize(1);
    }

    @Test
    void theRemoveThresholdIsBelowEveryFractionThatTriggers() {
        assertThat(problems(yaml("smart_limit_remove_threshold: 0.8")))
                .hasSize(2)
                .allSatisfy(line -> assertThat(line).startsWith("smart_limit_remove_threshold=0.8 (c.yaml line 1): "));
        assertThat(problems(yaml("smart_limit_high_io_threshold: 0.4")))
                .singleElement()
                .asString()
                .startsWith("smart_limit_high_io_threshold=0.4 (c.yaml line 1): smart_limit_remove_threshold below");
        assertThat(problems(yaml("smart_limit_windows: [{window: 15m, bps_threshold: 0.5}]")))
                .hasSize(1);
        assertThat(warnings(yaml("smart_limit_high_io_threshold: 0.4", "smart_limit_remove_io_threshold: 100")))
                .isEmpty();
        assertThat(warnings(yaml("smart_limit_high_io_threshold: 100", "smart_limit_remove_io_threshold: 100")))
                .singleElement()
                .asString()
                .contains("is not below 100");
    }

    @Test
    void aFractionOfNothingIsSaidOnceSmartLimitIsOn() {
        assertThat(warnings(yaml("smart_limit_enabled: true", "container_iops_limit: 0")))
                .containsExactly("data_total_bps (default): is 0, so that bytes are not judged by fractions of it;"
                        + " the window legacy has 0.8");
        assertThat(warnings(yaml("smart_limit_enabled: true", "container_iops_limit: 0", "data_total_bps: 1Gi")))
                .isEmpty();
        assertThat(warnings(yaml("smart_limit_enabled: true", "smart_limit_high_bps_threshold: 20Mi")))
                .isEmpty();
        assertThat(warnings(
                        yaml("smart_limit_enabled: true", "smart_limit_reference: limit", "container_bps_limit: 1Mi")))
                .isEmpty();
    }

    @Test
    void thresholdsThatNobodyReachesAreSaidOnceSmartLimitIsOn() {
        var nobody =
                "smart_limit_enabled (c.yaml line 1): limits nobody who has the default limits, which are below the"
                        + " threshold of every window; with smart_limit_reference: limit they are what fractions are of";
        assertThat(warnings(yaml("smart_limit_enabled: true", "data_total_bps: 1Gi", "container_bps_limit: 1Mi")))
                .containsExactly(nobody);
        assertThat(warnings(
                        yaml("smart_limit_enabled: true", "smart_limit_high_io_threshold: 400", "data_total_bps: 1Gi")))
                .isEmpty();
        assertThat(warnings(yaml("data_total_bps: 1Gi"))).isEmpty();
    }

    @Test
    void keysWithoutEffectSayWhy() {
        assertThat(warnings(yaml("smart_limit_io_threshold_15m: 0.9")))
                .containsExactly("smart_limit_io_threshold_15m (c.yaml line 1): has no effect:"
                        + " smart_limit_graded_thresholds is false");
        assertThat(warnings(yaml("smart_limit_graded_thresholds: true", "smart_limit_history_window: 20")))
                .containsExactly("smart_limit_history_window (c.yaml line 2): has no effect:"
                        + " smart_limit_graded_thresholds is true");
        assertThat(warnings(yaml("smart_limit_windows: [{window: 15m}]", "smart_limit_graded_thresholds: false")))
                .containsExactly("smart_limit_graded_thresholds (c.yaml line 2): has no effect:"
                        + " smart_limit_windows overrides it");
        assertThat(warnings(yaml("pressure_await_factor: 5")))
                .singleElement()
                .asString()
                .contains("is false");
        assertThat(warnings(yaml("smart_limit_monitor_interval: 10m")))
                .singleElement()
                .asString()
                .contains("the window legacy");
    }

    @Test
    void aCertificateComesWithItsKey() {
        assertThat(problems(environment("KUBELET_CLIENT_CERT_PATH", "/c.pem")))
                .containsExactly("kubelet_client_cert_path=/c.pem (environment variable KUBELET_CLIENT_CERT_PATH):"
                        + " its other half beside it: kubelet_client_key_path");
    }

    @Test
    void thePodsOfTheKubeletAreThoseOfANamedNode() {
        assertThat(problems(environment("POD_SOURCE", "kubelet")))
                .containsExactly("pod_source=kubelet (environment variable POD_SOURCE): node_name beside it");
        assertThat(config(environment("POD_SOURCE", "kubelet", "NODE_NAME", "node-1"))
                        .kubernetes()
                        .podSource())
                .isEqualTo(KubernetesSettings.PodOrigin.KUBELET);
    }

    @Test
    void aSelectorOrExpressionThatIsNoneIsAProblemWithItsPlace() {
        assertThat(problems(yaml("exclude_regexps: ['ok', 'a(b']")))
                .singleElement()
                .asString()
                .startsWith("exclude_regexps[1]=a(b (c.yaml line 1): a regular expression of Java: ")
                .contains(" at index ");
        assertThat(problems(yaml("exclude_label_selector: '!!'")))
                .singleElement()
                .asString()
                .contains("a label selector: ", " at index ");
        assertThat(warnings(yaml("exclude_regexps: ['.*']")))
                .singleElement()
                .asString()
                .contains("found in every name");
    }

    @Test
    void anEmptyElementWouldMatchEverythingAndIsAProblem() {
        assertThat(problems(yaml("exclude_keywords: [a, '']", "exclude_namespaces: ['']", "exclude_regexps: ['']")))
                .extracting(line -> line.substring(0, line.indexOf('=')))
                .containsExactly("exclude_keywords[1]", "exclude_namespaces[0]", "exclude_regexps[0]");
    }
}
