/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.diskguard.agent.house.House;
import io.diskguard.agent.house.Promtool;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who is woken by an alert knows what it means and what to do; and it has been seen to fire. */
class AlertsTest {
    private static final String RUNBOOK = "https://github.com/diskguard/diskguard/blob/main/docs/metrics.md#";
    private static final Pattern SECTION =
            Pattern.compile("(?m)^### (DiskGuard\\w+)\\n\\n`(\\w+)`(?:, for (\\w+))?\\. ");

    private final List<JsonNode> alerts = Monitoring.alerts();

    @Test
    void everyAlertSaysWhatIsWrongHowBadItIsAndWhereToReadOn() {
        assertThat(alerts).hasSizeGreaterThan(20).allSatisfy(alert -> {
            var name = alert.get("alert").asText();
            assertThat(name).startsWith("DiskGuard");
            assertThat(alert.at("/labels/severity").asText()).isIn("critical", "warning", "info");
            assertThat(alert.at("/annotations/summary").asText()).as(name).hasSizeBetween(15, 120);
            assertThat(alert.at("/annotations/description").asText()).as(name).endsWith(".");
            assertThat(alert.at("/annotations/runbook_url").asText())
                    .isEqualTo(RUNBOOK + name.toLowerCase(Locale.ROOT));
        });
        assertThat(names()).doesNotHaveDuplicates();
    }

    @Test
    void thePageHasASectionForEachWithItsSeverityAndPatience() {
        var sections = SECTION.matcher(House.read(Monitoring.PAGE))
                .results()
                .map(found -> found.group(1) + " " + found.group(2) + " " + found.group(3))
                .toList();
        assertThat(sections)
                .containsExactlyElementsOf(alerts.stream()
                        .map(alert -> alert.get("alert").asText() + " "
                                + alert.at("/labels/severity").asText() + " "
                                + (alert.has("for") ? alert.get("for").asText() : null))
                        .toList());
    }

    @Test
    void eachHasBeenSeenToFireAndNotTo() {
        Map<String, Integer> firing = new HashMap<>();
        Map<String, Integer> silent = new HashMap<>();
        Manifests.documents(House.read(Monitoring.TESTS)).get(0).get("tests").forEach(test -> test.path(
                        "alert_rule_test")
                .forEach(moment -> (moment.path("exp_alerts").isEmpty() ? silent : firing)
                        .merge(moment.get("alertname").asText(), 1, Integer::sum)));
        assertThat(firing.keySet()).containsExactlyInAnyOrderElementsOf(names());
        // Before its time, where all is well, and where there is nothing at all
        assertThat(silent.keySet()).containsExactlyInAnyOrderElementsOf(names());
        assertThat(silent.values()).allSatisfy(times -> assertThat(times).isGreaterThan(2));
    }

    @Test
    void promtoolFindsNothingWrong(@TempDir Path directory) throws IOException {
        Promtool.succeeds(directory, "check", "rules", Monitoring.ALERTS.toString());
        Promtool.succeeds(directory, "test", "rules", Monitoring.TESTS.toString());
    }

    private List<String> names() {
        return alerts.stream().map(alert -> alert.get("alert").asText()).toList();
    }
}
