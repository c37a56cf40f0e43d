/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** That Grafana shows it as it is, without a plugin, on any data source, from a file or from its page. */
class DashboardTest {
    private static final int WIDTH = 24;
    /** What Grafana has of its own. */
    private static final Set<String> TYPES = Set.of("stat", "table", "timeseries", "heatmap", "state-timeline");

    private final JsonNode dashboard = Monitoring.dashboard();

    @Test
    void itIsImportedWithoutAQuestion() {
        assertThat(dashboard.get("uid").asText()).isEqualTo("diskguard");
        assertThat(dashboard.get("id").isNull()).isTrue();
        assertThat(dashboard.get("schemaVersion").asInt()).isGreaterThanOrEqualTo(39);
        // Only the import dialogue asks for these; a file provider leaves them as they are
        assertThat(dashboard.has("__inputs")).isFalse();
        assertThat(dashboard.toString()).doesNotContain("${DS_");
    }

    @Test
    void oneChoosesDataSourceNodeNamespaceAndPod() {
        assertThat(texts(dashboard.at("/templating/list"), "name"))
                .containsExactly("datasource", "node", "namespace", "pod");
        dashboard.at("/templating/list").forEach(variable -> {
            if (!variable.get("type").asText().equals("datasource")) {
                // Also what has no such label
                assertThat(variable.get("allValue").asText()).isEqualTo(".*");
                assertThat(variable.get("multi").asBoolean()).isTrue();
            }
        });
    }

    @Test
    void problemsComeFirst() {
        var rows = new ArrayList<String>();
        dashboard.get("panels").forEach(panel -> {
            if (panel.get("type").asText().equals("row")) {
                rows.add(panel.get("title").asText());
            }
        });
        assertThat(rows)
                .containsExactly(
                        "Problems first",
                        "Limits of containers, and what they do",
                        "Disks",
                        "Smart limit",
                        "Written, read back, repaired",
                        "Configuration",
                        "Agents",
                        "Time to limit");
    }

    @Test
    void everyPanelIsExplainedAndAsksTheDataSourceThatWasChosen() {
        assertThat(Monitoring.panels()).hasSizeGreaterThan(30).allSatisfy(panel -> {
            var title = panel.get("title").asText();
            assertThat(panel.get("type").asText()).as(title).isIn(TYPES);
            assertThat(panel.path("description").asText()).as(title).endsWith(".");
            assertThat(panel.at("/fieldConfig/defaults/unit").asText())
                    .as(title)
                    .isNotEmpty();
            assertThat(panel.at("/datasource/uid").asText()).as(title).isEqualTo("${datasource}");
            assertThat(texts(panel.get("targets"), "refId"))
                    .as(title)
                    .isNotEmpty()
                    .doesNotHaveDuplicates();
            panel.get("targets")
                    .forEach(target -> assertThat(target.at("/datasource/uid").asText())
                            .as(title)
                            .isEqualTo("${datasource}"));
        });
        assertThat(texts(dashboard.get("panels"), "id")).doesNotHaveDuplicates();
        assertThat(texts(dashboard.get("panels"), "title")).doesNotHaveDuplicates();
    }

    @Test
    void noPanelLiesOnAnother() {
        var taken = new HashSet<List<Integer>>();
        dashboard.get("panels").forEach(panel -> {
            var at = panel.get("gridPos");
            assertThat(at.get("x").asInt() + at.get("w").asInt()).isLessThanOrEqualTo(WIDTH);
            for (var x = 0; x < at.get("w").asInt(); x++) {
                for (var y = 0; y < at.get("h").asInt(); y++) {
                    assertThat(taken.add(
                                    List.of(at.get("x").asInt() + x, at.get("y").asInt() + y)))
                            .as(panel.get("title").asText())
                            .isTrue();
                }
            }
        });
    }

    private static List<String> texts(JsonNode list, String field) {
        var texts = new ArrayList<String>();
        list.forEach(each -> texts.add(each.get(field).asText()));
        return texts;
    }
}
