/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.house;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.agent.report.ConfigReference;
import io.diskguard.config.ConfigKey;
import io.diskguard.config.ConfigKeys;
import io.diskguard.config.ConfigLoader;
import io.diskguard.config.ConfigResult;
import io.diskguard.config.FileConfigSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationReferenceTest {
    private static final Path PAGE = Path.of("docs/configuration.md");

    /** To be mended with {@code ./diskguard config reference > docs/configuration.md}. */
    @Test
    void thePageIsWhatTheTableOfKeysSays() {
        assertThat(House.read(PAGE)).isEqualTo(ConfigReference.markdown());
    }

    @Test
    void everyKeyIsOnThePageOnceWithItsVariable() {
        var page = ConfigReference.markdown();
        assertThat(ConfigKeys.all()).extracting(ConfigKey::name).allSatisfy(name -> assertThat(
                        page.lines().filter(line -> line.startsWith("| `" + name + "`")))
                .singleElement()
                .asString()
                .contains("`" + name.toUpperCase(Locale.ROOT) + "`"));
    }

    @Test
    void rowsHaveAsManyCellsAsTheirHeads() {
        assertThat(ConfigReference.markdown()
                        .lines()
                        .filter(line -> line.startsWith("| `") && line.contains("`SMART_")))
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line.replace("\\|", "").chars().filter(c -> c == '|'))
                        .hasSize(7));
    }

    @Test
    void theExampleIsValidAndSaysNothingThatIsProbablyNotMeant(@TempDir Path directory) throws IOException {
        assertThat(DocumentsTest.blocks(PAGE, "yaml"))
                .containsExactly(ConfigReference.example().stripTrailing());
        var file = Files.writeString(directory.resolve("config.yaml"), ConfigReference.example());
        var result = ConfigLoader.load(List.of(new FileConfigSource(file, Map.of())));
        assertThat(result).isInstanceOf(ConfigResult.Valid.class);
        assertThat(((ConfigResult.Valid) result).warnings()).isEmpty();
    }
}
