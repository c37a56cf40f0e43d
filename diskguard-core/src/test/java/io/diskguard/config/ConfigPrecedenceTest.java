/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.config;

import static io.diskguard.config.Sources.config;
import static io.diskguard.config.Sources.environment;
import static io.diskguard.config.Sources.file;
import static io.diskguard.config.Sources.problems;
import static io.diskguard.config.Sources.valid;
import static io.diskguard.config.Sources.warnings;
import static io.diskguard.config.Sources.yaml;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.diskguard.model.Exclusions;
import io.diskguard.model.Rate;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigPrecedenceTest {
    @Test
    void theDefaultsAreThoseOfTheTable() {
        assertThat(GuardConfig.defaults()).isEqualTo(config());
        assertThat(GuardConfig.defaults().exclusions().keywords())
                .containsExactly("pause", "istio-proxy", "psmdb", "kube-system", "koordinator", "apisix");
        assertThat(GuardConfig.defaults().exclusions().namespaces()).containsExactly("kube-system");
        assertThat(GuardConfig.defaults().smart().windows())
                .extracting(SmartWindow::name, SmartWindow::length)
                .containsExactly(tuple("legacy", Duration.ofMinutes(10)));
        assertThat(GuardConfig.defaults().kubernetes().kubelet().port()).isEqualTo(10250);
        assertThat(GuardConfig.defaults().httpAddress()).hasToString("0.0.0.0:2112");
        assertThat(valid().warnings()).isEmpty();
    }

    @Test
    void aShadowedValueIsNamedWithBothItsSources() {
        assertThat(warnings(environment("CHECK_INTERVAL", "10"), yaml("on_shutdown: clear", "check_interval: 5m")))
                .containsExactly("check_interval (environment variable CHECK_INTERVAL): "
                        + "shadows c.yaml line 2, which has no effect: 5m");
    }

    @Test
    void aShadowedValueMustBeValidToo() {
        assertThat(problems(environment("CHECK_INTERVAL", "10"), yaml("check_interval: soon")))
                .singleElement()
                .asString()
                .startsWith("check_interval=soon (c.yaml line 1): a duration");
    }

    @Test
    void theSpecificKeyWinsWhateverItsSource() {
        var limits = config(
                        environment("CONTAINER_IOPS_LIMIT", "900", "CONTAINER_BPS_LIMIT", "1Mi"),
                        yaml("container_read_iops_limit: 100", "container_write_bps_limit: 0"))
                .limits()
                .defaults();
        assertThat(limits).hasToString("rbps=1048576 wbps=max riops=100 wiops=900");
    }

    @Test
    void anEmptyVariableTakesBackWhatTheFileSaysOfAKeyWithoutDefault() {
        var result = valid(environment("KUBELET_CA_PATH", " "), yaml("kubelet_ca_path: /etc/ca.pem"));
        assertThat(result.config().kubernetes().kubelet().ca()).isEmpty();
        assertThat(result.effective()).doesNotContainKey("kubelet_ca_path");
        assertThat(result.warnings())
                .anySatisfy(warning -> assertThat(warning.message()).contains("shadows c.yaml line 1"));
    }

    @Test
    void anEmptyListExcludesNobody() {
        assertThat(config(yaml("exclude_keywords: []", "exclude_namespaces: ''"))
                        .exclusions())
                .isEqualTo(Exclusions.NONE);
    }

    @ParameterizedTest
    @CsvSource({
        "check_interval: 90,      PT1M30S",
        "check_interval: '90',    PT1M30S",
        "check_interval: 90s,     PT1M30S",
        "check_interval: 1m30s,   PT1M30S",
        "check_interval: 1500ms,  PT1.5S",
        "check_interval: 2 h,     PT2H"
    })
    void aNumberIsOfSecondsWhereTheKeySaysSo(String line, Duration expected) {
        assertThat(config(yaml(line)).checkInterval()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"5, PT5M", "90s, PT1M30S", "'\"5\"', PT5M", "0, PT0S"})
    void aNumberIsOfMinutesWhereTheKeySaysSo(String value, Duration expected) {
        assertThat(config(yaml("smart_limit_remove_delay: " + value))
                        .smart()
                        .release()
                        .delay())
                .isEqualTo(expected);
    }

    @Test
    void aPortIsANumberOrText() {
        for (var text : List.of("kubelet_port: 10255", "kubelet_port: \"10255\"", "kubelet_port: 10255.0")) {
            var source = yaml(text);
            if (text.endsWith(".0")) {
                assertThat(problems(source)).hasSize(1);
            } else {
                assertThat(config(source).kubernetes().kubelet().port()).isEqualTo(10255);
            }
        }
    }

    @Test
    void placeholdersAreFilledAtAnyDepth() {
        var text = "{\"data_disks\": [{\"device\": \"${DISK}\", \"total_iops\": \"${N:9k}\"}],"
                + " \"data_mounts\": [\"${ROOT:/srv}/a\"]}";
        var disks = config(file("c.json", text, Map.of("DISK", "sdb"))).disks();
        assertThat(disks.capacities().get("sdb").iops()).hasValue(9000);
        assertThat(disks.mounts()).containsExactly("/srv/a");
        assertThat(problems(file("c.json", text, Map.of())))
                .singleElement()
                .asString()
                .startsWith("data_disks[0].device=${DISK} (c.json line 1): environment variables that are set")
                .endsWith("not set: [DISK]");
    }

    @Test
    void obsoleteKeysAreNoErrorAndSayWhatToUse() {
        assertThat(warnings(yaml("default_iops_limit: 500", "KubeConfigPath: /x", "docker_client_version: '1.41'")))
                .containsExactlyInAnyOrder(
                        "default_iops_limit (c.yaml line 1): means nothing here: use container_iops_limit, or"
                                + " smart_limit_min_iops for the floor of computed limits",
                        "KubeConfigPath (c.yaml line 2): means nothing here: use kubeconfig_path",
                        "docker_client_version (c.yaml line 3): means nothing here: the version is negotiated with the"
                                + " daemon; leave it out");
    }

    @Test
    void aNamespaceThatCriDoesNotServeHasNoEffectAndSaysSo() {
        assertThat(warnings(yaml("containerd_namespace: moby")))
                .containsExactly(
                        "containerd_namespace (c.yaml line 1): has no effect: containerd is asked over CRI, which"
                                + " serves the namespace k8s.io only");
        assertThat(warnings(yaml("containerd_namespace: k8s.io"))).isEmpty();
    }

    /** As the program that DiskGuard follows shipped it. */
    @Test
    void aConfigurationFromBeforeIsTakenAsItIs() {
        var config = config(file("config.json", """
                {"container_iops_limit": 500, "container_read_iops_limit": 400, "data_mount": "/data",
                 "exclude_keywords": ["pause", "istio-proxy"], "exclude_namespaces": ["kube-system"],
                 "exclude_label_selector": "", "containerd_namespace": "k8s.io", "container_runtime": "auto",
                 "cgroup_version": "auto", "container_socket_path": "/run/containerd/containerd.sock",
                 "docker_client_version": "1.41", "kubelet_host": "localhost", "kubelet_port": "10250",
                 "KubeConfigPath": "", "kubelet_token_path": "", "kubelet_ca_path": "", "kubelet_server_name": "",
                 "kubelet_skip_verify": false, "smart_limit_enabled": true, "smart_limit_monitor_interval": 60,
                 "smart_limit_history_window": 10, "smart_limit_annotation_prefix": "io-limit",
                 "smart_limit_remove_threshold": 0.5, "smart_limit_remove_delay": 5,
                 "smart_limit_windows": [{"duration": 1, "iops_threshold": 500, "bps_threshold": 20971520},
                                         {"duation": 5, "iops_threshold": 800, "bps_threshold": 31457280}],
                 "default_iops_limit": 500, "default_bps_limit": 10485760, "max_iops_limit": 2000,
                 "max_bps_limit": 104857600}
                """, Map.of()));
        assertThat(config.limits().defaults()).hasToString("rbps=max wbps=max riops=400 wiops=500");
        assertThat(config.smart().windows()).extracting(SmartWindow::name).containsExactly("1m", "5m");
        assertThat(config.kubernetes().kubelet().token()).isEmpty();
    }

    @Test
    void everyKindOfKeyArrivesWhereItBelongs() {
        var config = config(yaml(
                "data_total_iops: 0",
                "data_total_bps: 200Mi",
                "data_disks: [{device: sda, total_iops: 5k}, {device: '8:16', total_bps: 0}]",
                "container_runtime: cri-o",
                "container_socket_path: unix:///run/crio/crio.sock",
                "kubelet_client_cert_path: /c.pem",
                "kubelet_client_key_path: /k.pem",
                "smart_limit_mode: shadow",
                "smart_limit_auto_iops: 80",
                "smart_limit_min_bps: 0",
                "smart_limit_only_under_pressure: true",
                "smart_limit_remove_bps_threshold: 5Mi",
                "max_bps_limit: 1Gi",
                "exclude_regexps: ['^a{1,2}$']"));
        assertThat(config.disks().capacity().iops()).isEmpty();
        assertThat(config.disks().capacities().get("sda").bps()).hasValue(200L << 20);
        assertThat(config.disks().capacities().get("8:16")).isEqualTo(DiskCapacity.UNKNOWN);
        assertThat(config.runtime().kind()).isEqualTo(RuntimeSettings.Kind.CRI_O);
        assertThat(config.runtime().socket()).hasValue(Path.of("/run/crio/crio.sock"));
        assertThat(config.kubernetes().kubelet().client())
                .hasValue(new KubeletSettings.ClientCertificate(Path.of("/c.pem"), Path.of("/k.pem")));
        assertThat(config.smart().mode()).isEqualTo(SmartSettings.Mode.SHADOW);
        assertThat(config.smart().leastIops()).isEqualTo(80);
        assertThat(config.smart().leastBps()).isEqualTo(65536);
        assertThat(config.smart().onlyUnderPressure()).hasValue(new PressureGate(10, 3));
        assertThat(config.smart().release().bps()).isEqualTo(new Threshold.PerSecond(5 << 20));
        assertThat(config.smart().release().io()).isEqualTo(new Threshold.Fraction(0.5));
        assertThat(config.limits().ceiling().rbps()).isEqualTo(Rate.perSecond(1 << 30));
        assertThat(config.exclusions().regexps()).singleElement().hasToString("^a{1,2}$");
    }

    @Test
    void aBuilderChangesOnlyWhatItIsTold() {
        var config = GuardConfig.builder()
                .mounts("/srv")
                .devices("sda")
                .annotationPrefix("mine")
                .build();
        assertThat(config.disks().capacity())
                .isEqualTo(GuardConfig.defaults().disks().capacity());
        assertThat(config.disks().mounts()).containsExactly("/srv");
        assertThat(config.toBuilder()
                        .annotationPrefix("iops-limit")
                        .mounts("/data")
                        .devices()
                        .build())
                .isEqualTo(GuardConfig.defaults());
    }
}
