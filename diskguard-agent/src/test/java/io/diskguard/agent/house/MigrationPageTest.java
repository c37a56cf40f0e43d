/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.house;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.annotation.AnnotationReader;
import io.diskguard.config.ConfigKeys;
import io.diskguard.config.ConfigLoader;
import io.diskguard.config.ConfigResult;
import io.diskguard.config.EnvironmentConfigSource;
import io.diskguard.config.FileConfigSource;
import io.diskguard.model.DeviceId;
import io.diskguard.model.Disk;
import io.diskguard.model.DiskUse;
import io.diskguard.model.LimitKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docs/migration.md says of the original's keys and values is what the code does with them. */
class MigrationPageTest {
    private static final Path PAGE = Path.of("docs/migration.md");
    private static final Pattern VALUE = Pattern.compile(
            "(?m)^\\| (iops|bps) `([^`]+)` \\| ([\\w ]+) \\| ([\\w ]+?)( \\(raised to the floor\\))? \\|$");

    /** Every key of its configuration file, and of its variables in lower case, over all its versions. */
    private static final List<String> ORIGINALS = List.of(
            "container_iops_limit",
            "container_read_iops_limit",
            "container_write_iops_limit",
            "container_bps_limit",
            "container_read_bps_limit",
            "container_write_bps_limit",
            "data_mount",
            "data_total_iops",
            "check_interval",
            "exclude_keywords",
            "exclude_namespaces",
            "exclude_regexps",
            "exclude_label_selector",
            "containerd_namespace",
            "container_runtime",
            "cgroup_version",
            "container_socket_path",
            "docker_client_version",
            "node_name",
            "kubelet_host",
            "kubelet_port",
            "KubeConfigPath",
            "kube_config_path",
            "kubeconfig_path",
            "kubelet_token_path",
            "kubelet_sa_token_path",
            "kubelet_ca_path",
            "kubelet_client_cert_path",
            "kubelet_client_key_path",
            "kubelet_server_name",
            "kubelet_skip_verify",
            "smart_limit_enabled",
            "smart_limit_monitor_interval",
            "smart_limit_history_window",
            "smart_limit_high_io_threshold",
            "smart_limit_high_bps_threshold",
            "smart_limit_auto_iops",
            "smart_limit_auto_bps",
            "smart_limit_annotation_prefix",
            "smart_limit_use_kubelet_api",
            "smart_limit_graded_thresholds",
            "smart_limit_io_threshold_15m",
            "smart_limit_io_threshold_30m",
            "smart_limit_io_threshold_60m",
            "smart_limit_bps_threshold_15m",
            "smart_limit_bps_threshold_30m",
            "smart_limit_bps_threshold_60m",
            "smart_limit_iops_limit_15m",
            "smart_limit_iops_limit_30m",
            "smart_limit_iops_limit_60m",
            "smart_limit_bps_limit_15m",
            "smart_limit_bps_limit_30m",
            "smart_limit_bps_limit_60m",
            "smart_limit_remove_threshold",
            "smart_limit_remove_delay",
            "smart_limit_remove_check_interval",
            "default_iops_limit",
            "default_bps_limit",
            "max_iops_limit",
            "max_bps_limit",
            "smart_limit_windows");

    @TempDir
    private Path directory;

    private record Row(String key, String there, String here, String verdict) {}

    private static List<Row> rows() {
        return House.read(PAGE)
                .lines()
                .filter(line -> line.startsWith("| `"))
                .map(line -> line.split(" *\\| *"))
                .filter(cells ->
                        cells.length > 4 && List.of("same", "other", "warns").contains(cells[4]))
                .map(cells -> new Row(plain(cells[1]), plain(cells[2]), plain(cells[3]), cells[4]))
                .toList();
    }

    private static String plain(String cell) {
        return cell.replace("`", "").replace("–", "");
    }

    @Test
    void everyKeyOfTheOriginalHasItsRow() {
        assertThat(rows().stream().map(Row::key)).containsExactlyInAnyOrderElementsOf(ORIGINALS);
    }

    @Test
    void whatIsTakenOverIsAKeyWithTheDefaultThatThePageSays() {
        assertThat(rows())
                .filteredOn(row -> !row.verdict().equals("warns"))
                .hasSizeGreaterThan(50)
                .allSatisfy(row -> {
                    var key = ConfigKeys.find(row.key());
                    assertThat(key).as(row.key()).isPresent();
                    assertThat(row.here())
                            .as(row.key())
                            .isEqualTo(key.get().defaultText().orElse(""));
                    assertThat(key.get().variable()).isEqualTo(row.key().toUpperCase(Locale.ROOT));
                    if (row.verdict().equals("same")) {
                        assertThat(row.there()).as(row.key()).isEqualTo(row.here());
                    }
                });
    }

    @Test
    void whatWarnsIsNoErrorInFileAndVariableAndIsNoKey() throws IOException {
        var warned = rows().stream()
                .filter(row -> row.verdict().equals("warns"))
                .map(Row::key)
                .toList();
        assertThat(warned).hasSize(6);
        for (var key : warned) {
            var file = Files.writeString(directory.resolve("old.yaml"), key + ": 1\n");
            var variable = Map.of(key.toUpperCase(Locale.ROOT), "1");
            assertThat(ConfigKeys.find(key)).as(key).isEmpty();
            for (var source : List.of(new FileConfigSource(file, Map.of()), new EnvironmentConfigSource(variable))) {
                var valid = (ConfigResult.Valid) ConfigLoader.load(List.of(source));
                assertThat(valid.warnings()).singleElement().satisfies(warning -> assertThat(warning.toString())
                        .startsWith(key + " (")
                        .contains("means nothing here: "));
            }
        }
    }

    @Test
    void valuesOfAnnotationsMeanWhatThePageSays() {
        var rows = VALUE.matcher(House.read(PAGE)).results().toList();
        assertThat(rows).hasSize(14).allSatisfy(row -> {
            var limit = row.group(1).equals("iops") ? LimitKey.RIOPS : LimitKey.RBPS;
            var reading =
                    new AnnotationReader("iops-limit").read(Map.of("kubediskguard.io/" + row.group(1), row.group(2)));
            var value = Optional.ofNullable(
                            reading.on(Optional.empty(), DiskUse.guarded(new Disk(new DeviceId(8, 0), "sda")))
                                    .values()
                                    .get(limit))
                    .map(it -> it.rate().toString());
            assertThat(value.orElse("wrong")).as(row.group()).isEqualTo(row.group(4));
            assertThat(!reading.problems().isEmpty())
                    .as(row.group())
                    .isEqualTo(value.isEmpty() || row.group(5) != null);
        });
    }

    @Test
    void whatTheOriginalLeftInAnnotationsIsNotItsUsers() {
        var reading = new AnnotationReader("iops-limit")
                .read(Map.of(
                        "kubediskguard.io/triggered-by", "15m",
                        "kubediskguard.io/read-iops", "300",
                        "kubediskguard.io/write-iops", "0"));
        var on = reading.on(Optional.empty(), DiskUse.guarded(new Disk(new DeviceId(8, 0), "sda")))
                .values();
        assertThat(on).containsOnlyKeys(LimitKey.WIOPS);
    }
}
