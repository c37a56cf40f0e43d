/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.example.confdir;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.config.ConfigLoader;
import io.diskguard.config.ConfigResult;
import io.diskguard.spi.ConfigSource.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfDirTest {
    @TempDir
    Path temporary;

    @Test
    void everyKindOfValueIsWrittenAsInAnEnvironmentVariable() {
        new Layout.Plain(temporary)
                .write(Map.of(
                        "data_mounts", "/data, /srv",
                        "container_bps_limit", "50Mi",
                        "check_interval", "10s",
                        "smart_limit_windows", "[{\"window\": \"1m\", \"io_threshold\": 0.8, \"iops_limit\": 300}]"));

        assertThat(ConfigLoader.load(List.of(source()))).isInstanceOfSatisfying(ConfigResult.Valid.class, valid -> {
            assertThat(valid.config().disks().mounts()).containsExactly("/data", "/srv");
            assertThat(valid.config().checkInterval()).hasSeconds(10);
        });
    }

    @Test
    void eachProblemNamesItsFile() throws IOException {
        new Layout.Plain(temporary)
                .write(Map.of("container_bps_limit", "50Mi", "Read-Me", "hello", "chek_interval", "10s"));
        Files.createDirectory(temporary.resolve("data_mount"));

        assertThat(ConfigLoader.load(List.of(source())))
                .isInstanceOfSatisfying(ConfigResult.Invalid.class, invalid -> assertThat(invalid.problems())
                        .extracting(Problem::origin)
                        .containsExactlyInAnyOrder(
                                temporary.resolve("Read-Me").toString(),
                                temporary.resolve("chek_interval").toString(),
                                temporary.resolve("data_mount").toString()));
    }

    @Test
    void whatEditorsAndTheKubeletPutBesideTheKeysIsNotRead() throws IOException {
        new Layout.ConfigMap(temporary).write(Map.of("check_interval", "10s"));
        Files.writeString(temporary.resolve("check_interval~"), "nonsense");
        Files.writeString(temporary.resolve(".check_interval.swp"), "nonsense");

        assertThat(source().snapshot().problems()).isEmpty();
        assertThat(source().snapshot().values()).containsOnlyKeys("check_interval");
    }

    @Test
    void aDirectoryThatIsNotThereIsAProblem() {
        var missing = temporary.resolve("missing");

        assertThat(new ConfDirSource(missing, Layout.FAST, Thread::new)
                        .snapshot()
                        .problems())
                .singleElement()
                .extracting(Problem::origin)
                .isEqualTo(missing.toString());
    }

    private ConfDirSource source() {
        return new ConfDirSource(temporary, Layout.FAST, Thread::new);
    }
}
