/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.model.Rate;
import io.diskguard.spi.ConfigSource;
import io.diskguard.spi.ConfigSource.Problem;
import io.diskguard.spi.ConfigSource.Value;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigLoaderTest {
    private static ConfigSource file(Map<String, Object> values) {
        return new Fixed(FileConfigSource.ORDER, values);
    }

    private static ConfigResult.Valid valid(ConfigSource... sources) {
        var result = ConfigLoader.load(List.of(sources));
        assertThat(result).isInstanceOf(ConfigResult.Valid.class);
        return (ConfigResult.Valid) result;
    }

    private static List<Problem> problems(ConfigSource... sources) {
        var result = ConfigLoader.load(List.of(sources));
        assertThat(result).isInstanceOf(ConfigResult.Invalid.class);
        return ((ConfigResult.Invalid) result).problems();
    }

    @Test
    void withoutAnySourceTheDocumentedDefaultsHold() {
        var config = valid().config();
        assertThat(config.limits().defaults()).hasToString("rbps=max wbps=max riops=500 wiops=500");
        assertThat(config.limits().ceiling().isUnlimited()).isTrue();
        assertThat(config.annotationPrefix()).isEqualTo("iops-limit");
        assertThat(config.disks().mounts()).containsExactly("/data");
        assertThat(config.disks().devices()).isEmpty();
        assertThat(config.checkInterval()).isEqualTo(Duration.ofSeconds(30));
        assertThat(config.stateDir()).isEqualTo(Path.of("/var/lib/diskguard"));
        assertThat(config.cgroupVersion()).isEqualTo(GuardConfig.CgroupVersion.AUTO);
        assertThat(config.onShutdown()).isEqualTo(GuardConfig.OnShutdown.KEEP);
    }

    @Test
    void theGeneralKeyCountsOnlyWhereTheSpecificIsSetInNoSource() {
        var valid = valid(
                new EnvironmentConfigSource(Map.of("CONTAINER_IOPS_LIMIT", "900", "CONTAINER_BPS_LIMIT", "1Mi")),
                file(Map.of("container_read_iops_limit", 100)));
        assertThat(valid.config().limits().defaults()).hasToString("rbps=1048576 wbps=1048576 riops=100 wiops=900");
        assertThat(valid.effective().get("container_write_iops_limit"))
                .isEqualTo(new Value("900", "container_iops_limit in environment variable CONTAINER_IOPS_LIMIT"));
    }

    @Test
    void theEnvironmentOverridesTheFileAndSaysSo() {
        var valid = valid(
                new EnvironmentConfigSource(Map.of("CHECK_INTERVAL", "5m", "PATH", "/bin")),
                file(Map.of("check_interval", 10)));
        assertThat(valid.config().checkInterval()).isEqualTo(Duration.ofMinutes(5));
        assertThat(valid.effective())
                .containsEntry("check_interval", new Value("5m", "environment variable CHECK_INTERVAL"));
        assertThat(valid.effective()).containsEntry("on_shutdown", new Value("keep", "default"));
    }

    @Test
    void theDefaultMountHoldsOnlyWhereNoDiskIsConfigured() {
        assertThat(valid(file(Map.of("data_devices", "sda, nvme0n1"))).config())
                .satisfies(config -> assertThat(config.disks().mounts()).isEmpty())
                .satisfies(config -> assertThat(config.disks().devices()).containsExactly("sda", "nvme0n1"));
        assertThat(valid(file(Map.of("data_mounts", List.of("/a", "/b", "/a"))))
                        .config()
                        .disks()
                        .mounts())
                .containsExactly("/a", "/b");
        assertThat(valid(file(Map.of("data_mount", "/c", "data_mounts", List.of("/a"))))
                        .config()
                        .disks()
                        .mounts())
                .containsExactly("/c", "/a");
        assertThat(valid(file(Map.of("data_devices", "sda"))).effective()).doesNotContainKey("data_mount");
    }

    @Test
    void everyProblemIsReportedAtOnceWithKeyValueOriginAndExpectation() {
        var found = problems(
                new EnvironmentConfigSource(Map.of("MAX_IOPS_LIMIT", "1")),
                file(Map.of("annotation_prefix", "Not/It", "chek_interval", 5, "max_bps_limit", "4Ki")));
        assertThat(found)
                .extracting(Problem::key)
                .containsExactlyInAnyOrder("annotation_prefix", "chek_interval", "max_bps_limit", "max_iops_limit");
        assertThat(found)
                .contains(new Problem("chek_interval", "5", "test", "a known key; the nearest is check_interval"));
        assertThat(found).allSatisfy(problem -> assertThat(problem.expected()).isNotBlank());
        assertThat(found)
                .filteredOn(problem -> problem.key().equals("max_iops_limit"))
                .singleElement()
                .satisfies(problem -> assertThat(problem.origin()).isEqualTo("environment variable MAX_IOPS_LIMIT"));
    }

    @ParameterizedTest
    @CsvSource({
        "container_iops_limit, -1",
        "container_iops_limit, 1.5",
        "container_iops_limit, ''",
        "max_iops_limit, 1",
        "max_bps_limit, 65535",
        "annotation_prefix, a/b",
        "annotation_prefix, -a",
        "data_mount, data",
        "data_mounts, '/a,,/b'",
        "data_devices, ','",
        "check_interval, 0",
        "check_interval, -5s",
        "check_interval, 25h",
        "check_interval, 5 parsecs",
        "state_dir, here",
        "cgroup_version, 2",
        "on_shutdown, false"
    })
    void whatAKeyCannotMeanIsAProblemOfThatKey(String key, String value) {
        assertThat(problems(file(Map.of(key, value))))
                .isNotEmpty()
                .extracting(problem -> problem.key().replaceFirst("\\[.*", ""))
                .containsOnly(key);
    }

    @Test
    void numbersMayBeNumbersOrText() {
        assertThat(valid(file(Map.of("max_iops_limit", 3000L)))
                        .config()
                        .limits()
                        .ceiling()
                        .riops())
                .isEqualTo(Rate.perSecond(3000));
        assertThat(valid(file(Map.of("max_iops_limit", "3k")))
                        .config()
                        .limits()
                        .ceiling()
                        .wiops())
                .isEqualTo(Rate.perSecond(3000));
        assertThat(valid(file(Map.of("max_bps_limit", "10MB")))
                        .config()
                        .limits()
                        .ceiling()
                        .rbps())
                .isEqualTo(Rate.perSecond(10_000_000));
    }

    @Test
    void aSourceThatThrowsIsAProblemLikeAnyOther() {
        var broken = new Fixed(300, Map.of()) {
            @Override
            public Snapshot snapshot() {
                throw new IllegalStateException("vault is sealed");
            }
        };
        assertThat(problems(broken, file(Map.of("nope", 1))))
                .hasSize(2)
                .anySatisfy(problem -> assertThat(problem.expected()).contains("vault is sealed"));
    }

    @Test
    @SuppressWarnings("NullAway") // it is what a plugin compiled without null checks may do
    void aSourceThatGivesNothingAtAllIsAProblemToo() {
        var broken = new Fixed(300, Map.of()) {
            @Override
            public Snapshot snapshot() {
                return null;
            }
        };
        assertThat(problems(broken)).hasSize(1);
    }

    @Test
    void everyKeyHasAMeaningAndADefaultThatIsValid() {
        assertThat(ConfigKeys.all())
                .extracting(ConfigKey::name)
                .doesNotHaveDuplicates()
                .hasSize(73);
        assertThat(ConfigKeys.all()).allSatisfy(key -> {
            assertThat(key.meaning()).isNotBlank();
            assertThat(key.expected()).isNotBlank();
            assertThat(key.defaultText().stream())
                    .allSatisfy(text -> assertThat(key.parse(text).toOptional()).isPresent());
        });
    }

    private static class Fixed implements ConfigSource {
        private final int order;
        private final Map<String, Value> values = new HashMap<>();

        Fixed(int order, Map<String, Object> values) {
            this.order = order;
            values.forEach((key, value) -> this.values.put(key, new Value(value, "test")));
        }

        @Override
        public int order() {
            return order;
        }

        @Override
        public Snapshot snapshot() {
            return new Snapshot(values, new ArrayList<>());
        }

        @Override
        public void onChange(Runnable changed) {}

        @Override
        public void close() {}
    }
}
