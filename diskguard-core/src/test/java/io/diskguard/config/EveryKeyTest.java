/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.config;

import static io.diskguard.config.Sources.config;
import static io.diskguard.config.Sources.environment;
import static io.diskguard.config.Sources.problems;
import static io.diskguard.config.Sources.valid;
import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.spi.ConfigSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** For each key: values that are valid, and values that are not; in the environment, where everything is text. */
class EveryKeyTest {
    private record Values(List<String> valid, List<String> invalid) {}

    private static final Map<String, Values> TABLE = new LinkedHashMap<>();

    static {
        for (var key : List.of(
                "container_iops_limit",
                "container_read_iops_limit",
                "container_write_iops_limit",
                "max_iops_limit",
                "smart_limit_auto_iops",
                "smart_limit_min_iops",
                "smart_limit_iops_limit_15m",
                "smart_limit_iops_limit_30m",
                "smart_limit_iops_limit_60m")) {
            row(
                    key,
                    List.of("0", "2", "500", "2k", " 500 ", "1e3"),
                    List.of("1", "-1", "1.5", "", "many", "5 00", "9223372036854775808", "0x10", "NaN", "٥"));
        }
        for (var key : List.of(
                "container_bps_limit",
                "container_read_bps_limit",
                "container_write_bps_limit",
                "max_bps_limit",
                "smart_limit_auto_bps",
                "smart_limit_min_bps",
                "smart_limit_bps_limit_15m",
                "smart_limit_bps_limit_30m",
                "smart_limit_bps_limit_60m")) {
            row(
                    key,
                    List.of("0", "65536", "64Ki", "10M", "50MiB", "1G"),
                    List.of("1", "65535", "-1", "", "10 megabytes", "9Ei"));
        }
        row(
                "annotation_prefix",
                List.of("iops-limit", "example.com", "a"),
                List.of("a/b", "A", "-a", "a..b", "", "x".repeat(254)));
        row("smart_limit_annotation_prefix", List.of("io-limit", "kubediskguard.io"), List.of("a_b", ""));
        row("data_mount", List.of("/", "/data", "/var/lib/a b"), List.of("data", "", "./x", "/a\u0000b"));
        row("data_mounts", List.of("/a,/b", " /a , /b ", "[\"/a\"]", ""), List.of("/a,b", "/a,", ","));
        row("data_devices", List.of("sda", "nvme0n1, 8:0", "all", "/dev/disk/by-id/x"), List.of("sda,,sdb", ","));
        row("data_total_iops", List.of("0", "1", "3000", "100k"), List.of("-1", "", "fast"));
        row("data_total_bps", List.of("0", "1", "200Mi", "2GB"), List.of("-1", "", "200Mi/s"));
        row(
                "data_disks",
                List.of("[{\"device\": \"sda\", \"total_iops\": 9}]", ""),
                List.of(
                        "sda",
                        "[]",
                        "{}",
                        "[{}]",
                        "[{\"device\": \"sda\"}]",
                        "[{\"device\": \"\", \"total_iops\": 9}]",
                        "[{\"device\": \"sda\", \"total_iops\": 9}, {\"device\": \"sda\", \"total_bps\": 9}]",
                        "[{\"device\": \"sda\", \"total\": 9}]",
                        "[null]",
                        "[{\"device\": null, \"total_iops\": 9}]"));
        row("exclude_keywords", List.of("a", "a, b", "", "[]"), List.of("a,,b", ",", "[\"\"]", "[{}]"));
        row("exclude_namespaces", List.of("kube-system", "a,b", ""), List.of("a,,b", "kube_system", "kube-*"));
        row("exclude_label_selector", List.of("app=system", ""), List.of("=", "a in b", "!!"));
        row(
                "exclude_regexps",
                List.of("^db-", "^a$,^b$", "[\"x{1,2}\"]", "[a-z]+", ""),
                List.of("(", "a,,b", "*", "[\"\"]"));
        row(
                "check_interval",
                List.of("1", "30", "10s", "5m", "1h", "1m30s", "24h", "86400", "1500ms"),
                List.of("0", "-5", "0.5", "25h", "86401", "500ms", "5 parsecs", "", "s", "10s5m"));
        row("cgroup_version", List.of("auto", "v1", "V2"), List.of("2", "", "v3"));
        row("on_shutdown", List.of("keep", "clear", "Keep"), List.of("false", "", "delete"));
        row("state_dir", List.of("/var/lib/x"), List.of("here", ""));
        row(
                "http_address",
                List.of("0.0.0.0:2112", ":2112", "[::1]:80", "localhost:0"),
                List.of("2112", "localhost", "::1:80", "a:65536", "a:-1", "", "http://a:80"));
        row(
                "container_runtime",
                List.of("auto", "docker", "containerd", "cri-o", "none"),
                List.of("crio", "cri_o", "", "podman"));
        row(
                "container_socket_path",
                List.of("/run/x.sock", "unix:///run/x.sock", ""),
                List.of("run/x.sock", "tcp://x:1"));
        row("containerd_namespace", List.of("k8s.io", "moby"), List.of("", "a b", "a/b", "x".repeat(77)));
        row("node_name", List.of("node-1", "ip-10-0-0-1.ec2.internal", ""), List.of("Node 1", "a_b"));
        row("pod_source", List.of("api-server", "API-SERVER"), List.of("", "docker", "kubelet"));
        row("kubelet_host", List.of("localhost", "10.0.0.1", "::1"), List.of("", "https://x", "a b", "a/b"));
        row("kubelet_port", List.of("10250", "1", "65535"), List.of("0", "65536", "-1", "", "https"));
        for (var key : List.of("kubeconfig_path", "kubelet_ca_path", "kubelet_token_path")) {
            row(key, List.of("/etc/x", ""), List.of("x", "~/x"));
        }
        row("kubelet_client_cert_path", List.of(""), List.of("x", "/no/key/beside/it"));
        row("kubelet_client_key_path", List.of(""), List.of("x", "/no/certificate/beside/it"));
        row("kubelet_server_name", List.of("node-1", ""), List.of("a b", "https://x"));
        for (var key : List.of(
                "kubelet_skip_verify",
                "smart_limit_enabled",
                "smart_limit_use_kubelet_api",
                "smart_limit_only_under_pressure",
                "smart_limit_graded_thresholds")) {
            row(key, List.of("true", "false", "TRUE"), List.of("yes", "1", "on", "", "t"));
        }
        row("smart_limit_mode", List.of("enforce", "shadow"), List.of("", "off"));
        row("smart_limit_reference", List.of("disk", "limit"), List.of("", "both"));
        row("smart_limit_monitor_interval", List.of("1", "60", "30s", "1h"), List.of("0", "-1", "61m", ""));
        row("smart_limit_history_window", List.of("1", "10", "60s", "24h"), List.of("0", "30s", "25h", ""));
        for (var key : List.of(
                "high_io_threshold",
                "high_bps_threshold",
                "io_threshold_15m",
                "io_threshold_30m",
                "io_threshold_60m",
                "bps_threshold_15m",
                "bps_threshold_30m",
                "bps_threshold_60m")) {
            row(
                    "smart_limit_" + key,
                    List.of("0.8", "1", "1.0", "8000", "8k", "20Mi"),
                    List.of("0", "-1", "1.5", "80%", "", "0.0"));
        }
        row(
                "smart_limit_windows",
                List.of("[{\"window\": \"15m\"}, {\"duration\": 30, \"iops_threshold\": 800}]", ""),
                List.of(
                        "15m",
                        "[]",
                        "[{}]",
                        "[15]",
                        "[{\"window\": \"1h\"}, {\"window\": \"15m\"}]",
                        "[{\"window\": 15}, {\"window\": \"15m\"}]",
                        "[{\"window\": 15, \"duration\": 15}]"));
        row("smart_limit_remove_threshold", List.of("0.5", "0.79", ".1"), List.of("0", "1", "5000", "0.8", "", "-0.5"));
        row("smart_limit_remove_io_threshold", List.of("1", "5k", ""), List.of("0", "0.5", "-1"));
        row("smart_limit_remove_bps_threshold", List.of("1", "5Mi", ""), List.of("0", "0.5", "-1"));
        row("smart_limit_remove_delay", List.of("0", "5", "30s", "24h"), List.of("-1", "25h", ""));
        row("smart_limit_remove_check_interval", List.of("1", "30s"), List.of("0", "25h", ""));
        row("pressure_some_percent", List.of("0", "10", "99.5", "100"), List.of("101", "-1", "10%", ""));
        row("pressure_await_factor", List.of("1", "3", "2.5"), List.of("0.9", "-1", "3x", ""));
    }

    private static void row(String key, List<String> valid, List<String> invalid) {
        TABLE.put(key, new Values(valid, invalid));
    }

    @Test
    void noKeyIsLeftOut() {
        assertThat(TABLE.keySet())
                .containsExactlyInAnyOrderElementsOf(
                        ConfigKeys.all().stream().map(ConfigKey::name).toList());
    }

    /** Each key has a value that makes another configuration of it, beside what has to be set for it to count. */
    @Test
    void noKeyComesToNothing() {
        for (var key : ConfigKeys.all()) {
            var values =
                    switch (key.name()) {
                        case "kubelet_client_cert_path", "kubelet_client_key_path" -> List.of("/etc/x");
                        case "pod_source" -> List.of("kubelet");
                        default -> TABLE.get(key.name()).valid();
                    };
            assertThat(values).as(key.name()).anySatisfy(value -> assertThat(
                            config(beside(key.name()), environment(key.variable(), value)))
                    .isNotEqualTo(config(besideAlone(key.name()))));
        }
    }

    private static ConfigSource besideAlone(String name) {
        return name.startsWith("kubelet_client_") ? environment() : beside(name);
    }

    private static ConfigSource beside(String name) {
        if (name.matches(".*_(15|30|60)m")) {
            return environment("SMART_LIMIT_GRADED_THRESHOLDS", "true");
        }
        return switch (name) {
            case "pressure_some_percent", "pressure_await_factor" ->
                environment("SMART_LIMIT_ONLY_UNDER_PRESSURE", "true");
            case "pod_source" -> environment("NODE_NAME", "node-1");
            case "kubelet_client_cert_path" -> environment("KUBELET_CLIENT_KEY_PATH", "/etc/key");
            case "kubelet_client_key_path" -> environment("KUBELET_CLIENT_CERT_PATH", "/etc/cert");
            default -> environment();
        };
    }

    @TestFactory
    List<DynamicTest> aKeyTakesWhatItMeansAndNothingElse() {
        var tests = new ArrayList<DynamicTest>();
        TABLE.forEach((name, values) -> tests.add(DynamicTest.dynamicTest(name, () -> {
            var variable = ConfigKeys.find(name).orElseThrow().variable();
            for (var value : values.valid()) {
                assertThat(valid(environment(variable, value)).config())
                        .as(value)
                        .isNotNull();
            }
            for (var value : values.invalid()) {
                assertThat(problems(environment(variable, value)))
                        .as(value)
                        .isNotEmpty()
                        .allSatisfy(line -> assertThat(line)
                                .startsWith(name)
                                .contains("(environment variable " + variable + "): "));
            }
        })));
        return tests;
    }
}
