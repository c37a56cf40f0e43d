/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.diskguard.config.ConfigLoader;
import io.diskguard.config.ConfigResult;
import io.diskguard.config.FileConfigSource;
import io.diskguard.config.GuardConfig;
import io.diskguard.model.SmartStateKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docs/smart-limit.md shows is what happens: each row of its tables is lived through on the real engine. */
class SmartLimitPageTest {
    private static final Path PAGE = Path.of("docs/smart-limit.md");
    private static final String LOAD = "a container does";
    private static final String STORY = "what happens";
    private static final YAMLMapper YAML = new YAMLMapper();

    @TempDir
    private Path directory;

    /** A row and the configuration above its table. */
    private record Row(String configuration, Map<String, String> cells) {
        String cell(String column, String otherwise) {
            return cells.getOrDefault(column, otherwise);
        }
    }

    @Test
    void whatIsSaidToHappenHappens() throws IOException {
        var rows = rows();
        assertThat(rows).hasSizeGreaterThan(35);
        var said = new ArrayList<Map<String, String>>();
        var happened = new ArrayList<Map<String, String>>();
        for (var row : rows) {
            said.add(row.cells());
            var story = new SmartStory(config(row), row.cell("static limit", "none"));
            if (row.cells().containsKey("restored")) {
                story.restored(row.cell("restored", ""));
            }
            if (row.cells().containsKey("its neighbour waits")) {
                story.besideOneThatWaits(row.cell("its neighbour waits", ""));
            }
            story.live(row.cell(LOAD, ""));
            var answer = new LinkedHashMap<>(row.cells());
            answer.put(STORY, story.told());
            answer.computeIfPresent("reason", (column, reason) -> story.reason());
            answer.computeIfPresent("stays at least", (column, stays) -> story.staysAtLeast());
            happened.add(answer);
        }
        assertThat(happened).containsExactlyElementsOf(said);
    }

    @Test
    void everyKeyOfTheStateIsExplained() {
        assertThat(SmartStateKeys.names())
                .allSatisfy(name -> assertThat(House.read(PAGE)).contains("`" + name + "`"));
    }

    /** The configuration of a row's table, and what the row itself sets. */
    private GuardConfig config(Row row) throws IOException {
        var file = Files.writeString(directory.resolve("config.json"), merged(row));
        var result = ConfigLoader.load(List.of(new FileConfigSource(file, Map.of())));
        assertThat(result).as(row.toString()).isInstanceOf(ConfigResult.Valid.class);
        return ((ConfigResult.Valid) result).config();
    }

    private static String merged(Row row) throws IOException {
        var config = (ObjectNode) YAML.readTree(row.configuration());
        for (var line : row.cell("setting", "").split("<br>")) {
            if (!line.isEmpty()) {
                config.setAll((ObjectNode) YAML.readTree(line));
            }
        }
        return new ObjectMapper().writeValueAsString(config);
    }

    private static List<Row> rows() {
        var rows = new ArrayList<Row>();
        var configuration = new StringBuilder();
        var header = List.<String>of();
        var inBlock = false;
        for (var line : House.read(PAGE).lines().toList()) {
            if (line.equals("```yaml")) {
                configuration.setLength(0);
                inBlock = true;
            } else if (line.startsWith("```")) {
                inBlock = false;
            } else if (inBlock) {
                configuration.append(line).append('\n');
            } else if (!line.startsWith("|")) {
                header = List.of();
            } else if (header.isEmpty()) {
                header = cells(line);
            } else if (!line.startsWith("|---") && header.contains(STORY)) {
                var cells = new LinkedHashMap<String, String>();
                for (var i = 0; i < header.size(); i++) {
                    cells.put(header.get(i), cells(line).get(i));
                }
                rows.add(new Row(configuration.toString(), cells));
            }
        }
        return rows;
    }

    private static List<String> cells(String line) {
        var cells = new ArrayList<String>();
        for (var cell : line.substring(1, line.length() - 1).split("(?<!\\\\)\\|", -1)) {
            cells.add(cell.strip().replace("`", ""));
        }
        return cells;
    }
}
