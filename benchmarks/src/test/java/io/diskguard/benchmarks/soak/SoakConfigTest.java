/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.benchmarks.soak;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.config.ConfigLoader;
import io.diskguard.config.ConfigResult;
import io.diskguard.config.FileConfigSource;
import io.diskguard.model.DeviceId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SoakConfigTest {
    private static final int OF_AN_HOUR = 180;

    @TempDir
    Path directory;

    private ConfigResult load(String text) throws IOException {
        var file = Files.writeString(directory.resolve("config.yaml"), text);
        return ConfigLoader.load(List.of(new FileConfigSource(file, Map.of())));
    }

    @Test
    void eachConfigurationCanBeReadAndHasAnotherLimitThanTheOneBefore() throws IOException {
        var config = new SoakConfig(new DeviceId(7, 0), directory, 8080, Optional.of(directory.resolve("c.sock")));
        for (var number = 0; number < OF_AN_HOUR; number++) {
            assertThat(load(config.text(number))).as(config.text(number)).isInstanceOf(ConfigResult.Valid.class);
            assertThat(SoakConfig.iops(number)).isNotEqualTo(SoakConfig.iops(number + 1));
        }
    }

    @Test
    void whatIsBrokenIsNoConfiguration() throws IOException {
        for (var number = 0; number < 3; number++) {
            assertThat(load(SoakConfig.broken(number)))
                    .as(SoakConfig.broken(number))
                    .isInstanceOf(ConfigResult.Invalid.class);
        }
    }
}
