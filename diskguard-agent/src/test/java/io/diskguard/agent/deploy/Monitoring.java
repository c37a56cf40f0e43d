/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.deploy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.diskguard.agent.house.House;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The dashboard, the rules and the page about metrics, and every query in them. */
final class Monitoring {
    static final Path DIRECTORY = Path.of("deploy/monitoring");
    static final Path DASHBOARD = DIRECTORY.resolve("dashboard.json");
    static final Path ALERTS = DIRECTORY.resolve("alerts.yaml");
    static final Path TESTS = DIRECTORY.resolve("alerts_test.yaml");
    static final Path PAGE = Path.of("docs/metrics.md");

    private static final Pattern BLOCK = Pattern.compile("(?ms)^```promql\\n(.*?)\\n```$");
    private static final Pattern VALUES = Pattern.compile("label_values\\((.*), (\\w+)\\)");

    private Monitoring() {}

    /**
     * A query.
     *
     * @param where for a person who has to mend it
     */
    record Query(String where, String text) {}

    static JsonNode dashboard() {
        try {
            return new ObjectMapper().readTree(House.read(DASHBOARD));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Those that are no row. */
    static List<JsonNode> panels() {
        var panels = new ArrayList<JsonNode>();
        dashboard().get("panels").forEach(panels::add);
        panels.removeIf(panel -> panel.get("type").asText().equals("row"));
        return panels;
    }

    /** Recorded ones too. */
    static List<JsonNode> rules() {
        var rules = new ArrayList<JsonNode>();
        Manifests.documents(House.read(ALERTS)).get(0).get("groups").forEach(group -> group.get("rules")
                .forEach(rules::add));
        return rules;
    }

    static List<JsonNode> alerts() {
        return rules().stream().filter(rule -> rule.has("alert")).toList();
    }

    static List<Query> queries() {
        var queries = new ArrayList<Query>();
        rules().forEach(rule -> queries.add(new Query(
                rule.path("alert").asText(rule.path("record").asText()),
                rule.get("expr").asText())));
        for (var panel : panels()) {
            panel.get("targets")
                    .forEach(target -> queries.add(new Query(
                            panel.get("title").asText(),
                            PromQl.withoutVariables(target.get("expr").asText()))));
        }
        dashboard().at("/annotations/list").forEach(annotation -> {
            if (annotation.has("expr")) {
                queries.add(new Query(
                        annotation.get("name").asText(),
                        PromQl.withoutVariables(annotation.get("expr").asText())));
            }
        });
        // The label that is asked for is one to group by
        dashboard().at("/templating/list").forEach(variable -> {
            var values = VALUES.matcher(variable.path("definition").asText());
            if (values.matches()) {
                queries.add(new Query(
                        "$" + variable.get("name").asText(),
                        "count by (" + values.group(2) + ") (" + PromQl.withoutVariables(values.group(1)) + ")"));
            }
        });
        BLOCK.matcher(House.read(PAGE))
                .results()
                .flatMap(block -> block.group(1).lines())
                .forEach(line -> queries.add(new Query(PAGE.toString(), line)));
        return queries;
    }
}
