/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.diskguard.agent.house.House;
import io.diskguard.agent.house.Promtool;
import io.diskguard.agent.metrics.ExportedMetrics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is asked for on the dashboard, in rules and in examples is what the agent exports. */
class MonitoringTest {
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `((?:kube)?diskguard_\\w+)` \\| ([^|]*)\\|");
    private static final Pattern NAME = Pattern.compile("`([a-z_]+)`");
    private static final Pattern WORD = Pattern.compile("`((?:kube)?diskguard_[a-z_]+)(?:\\{[^`]*)?`");
    private static final Pattern SHOWN = Pattern.compile("\\{\\{(?: *\\$labels\\.)? *(\\w+) *}}|\\$labels\\.(\\w+)");

    @Test
    void everyQueryAsksForSeriesAndLabelsThatThereAre() {
        var series = KnownMetrics.series();
        assertThat(Monitoring.queries()).hasSizeGreaterThan(80).allSatisfy(query -> {
            var there = new TreeSet<>(KnownMetrics.OF_THE_TARGET);
            for (var selector : PromQl.selectors(query.text())) {
                assertThat(series).as(query.where()).containsKey(selector.metric());
                assertThat(with(KnownMetrics.OF_THE_TARGET, series.get(selector.metric())))
                        .as("%s: %s", query.where(), selector.metric())
                        .containsAll(selector.labels());
                there.addAll(series.get(selector.metric()));
            }
            assertThat(there).as(query.toString()).containsAll(PromQl.groupings(query.text()));
        });
    }

    @Test
    void whatAQueryAsksForIsFound() {
        var query =
                "sum by (node, le) (rate(diskguard_x_bucket{a=\"}b=\",c!~\"d\"}[5m])) / min without (source) (diskguard:y:z)"
                        + " > 2 and on (instance) up == 0 unless diskguard_w offset 1h";
        assertThat(PromQl.selectors(query))
                .containsExactly(
                        new PromQl.Selector("diskguard_x_bucket", Set.of("a", "c")),
                        new PromQl.Selector("diskguard:y:z", Set.of()),
                        new PromQl.Selector("up", Set.of()),
                        new PromQl.Selector("diskguard_w", Set.of()));
        assertThat(PromQl.groupings(query)).containsExactly("instance", "le", "node", "source");
    }

    /** A legend or a summary with a label that the result does not have shows nothing there. */
    @Test
    void whatIsShownOfAResultIsInIt() {
        var series = KnownMetrics.series();
        for (var alert : Monitoring.alerts()) {
            assertThat(labelsOf(alert.get("expr").asText(), series.keySet()))
                    .as(alert.get("alert").asText())
                    .containsAll(shown(alert.get("annotations").toString()));
        }
        for (var panel : Monitoring.panels()) {
            panel.get("targets")
                    .forEach(target -> assertThat(labelsOf(target.get("expr").asText(), series.keySet()))
                            .as(panel.get("title").asText())
                            .containsAll(shown(target.get("legendFormat").asText())));
        }
    }

    @Test
    void everyMetricIsOnThePageWithItsLabels() {
        var page = House.read(Monitoring.PAGE);
        var rows = new TreeMap<String, Set<String>>();
        ROW.matcher(page).results().forEach(row -> rows.put(row.group(1), names(row.group(2))));
        assertThat(rows).containsExactlyInAnyOrderEntriesOf(ExportedMetrics.families());
        var said = WORD.matcher(page).results().map(word -> word.group(1)).toList();
        assertThat(KnownMetrics.series()).containsKeys(said.toArray(String[]::new));
    }

    @Test
    void promtoolReadsEveryQuery(@TempDir Path directory) throws IOException {
        var json = new ObjectMapper();
        var rules = json.createArrayNode();
        Monitoring.queries()
                .forEach(query -> rules.add(json.createObjectNode()
                        .put("record", "q" + rules.size())
                        .put("expr", query.text())));
        var group = json.createObjectNode().put("name", "queries");
        group.set("rules", rules);
        var groups = json.createObjectNode();
        groups.set("groups", json.createArrayNode().add(group));
        Promtool.succeeds(
                directory,
                "check",
                "rules",
                Files.writeString(directory.resolve("queries.yaml"), groups.toString())
                        .toString());
    }

    @Test
    void theChartHasTheSameFiles() {
        for (var file : List.of(Monitoring.DASHBOARD, Monitoring.ALERTS)) {
            assertThat(House.read(file))
                    .as("mend with deploy/render: " + file)
                    .isEqualTo(House.read(Manifests.CHART.resolve("monitoring").resolve(file.getFileName())));
        }
    }

    @Test
    void nothingRecordedIsUnknown() {
        assertThat(Monitoring.rules().stream()
                        .filter(rule -> rule.has("record"))
                        .map(rule -> entry(
                                rule.get("record").asText(),
                                KnownMetrics.series()
                                        .containsKey(rule.get("record").asText()))))
                .isNotEmpty()
                .allSatisfy(recorded ->
                        assertThat(recorded.getValue()).as(recorded.getKey()).isTrue());
    }

    /** Where the result is an aggregate, only what it is grouped by. */
    private static Set<String> labelsOf(String query, Set<String> known) {
        var text = PromQl.withoutVariables(query);
        if (text.matches("(?s)\\(?(topk\\([^,]*, |histogram_quantile\\([^,]*, )?(sum|min|max|count)( by .*|\\(.*)")) {
            return PromQl.groupings(text);
        }
        var labels = new TreeSet<>(KnownMetrics.OF_THE_TARGET);
        PromQl.selectors(text).stream()
                .filter(selector -> known.contains(selector.metric()))
                .forEach(selector -> labels.addAll(KnownMetrics.series().get(selector.metric())));
        return labels;
    }

    private static Set<String> shown(String template) {
        var labels = new TreeSet<String>();
        SHOWN.matcher(template)
                .results()
                .forEach(found -> labels.add(found.group(1) == null ? found.group(2) : found.group(1)));
        return labels;
    }

    private static Set<String> with(Set<String> labels, Set<String> more) {
        var both = new TreeSet<>(labels);
        both.addAll(more);
        return both;
    }

    private static Set<String> names(String cell) {
        var names = new TreeSet<String>();
        NAME.matcher(cell).results().forEach(name -> names.add(name.group(1)));
        return names;
    }
}
