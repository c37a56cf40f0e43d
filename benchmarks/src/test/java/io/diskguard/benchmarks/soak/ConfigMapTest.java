/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.benchmarks.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigMapTest {
    @TempDir
    Path directory;

    @Test
    void whatIsReadIsAlwaysTheLastOneAndNothingOfBeforeStays() throws IOException {
        var map = new ConfigMap(directory.resolve("config"));
        map.exchange("a");
        assertThat(map.file()).hasContent("a");
        map.exchange("b");
        assertThat(map.file()).hasContent("b");
        try (var files = Files.list(directory.resolve("config"))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("config.yaml", "..data", "..2026_01_01_00_00_00.0000000002");
        }
    }
}
