/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.diskguard.model.LimitKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What the agent that runs on this node explains of a pod: it knows what it decided by the load, and what it sees of IO
 * that gets past the limits. Immutable.
 *
 * @param where it was asked
 * @param explanation as {@link ExplanationText#json} has it; what is missing in it is not told
 */
public record AgentSays(String where, JsonNode explanation) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** @param here what was found without it */
    String text(ExplanationText here) {
        var lines = new ArrayList<String>();
        explanation.path("decisions").forEach(each -> lines.add(decision(each)));
        explanation.path("ineffective").forEach(each -> lines.add("ineffective: " + finding(each)));
        lines.addAll(differences(here));
        if (lines.isEmpty()) {
            lines.add("it decided nothing by the load of this pod, and sees no IO that gets past its limits");
        }
        var text = new StringBuilder("The running agent at " + where + " says:\n");
        lines.forEach(line -> text.append("  ").append(SmartWords.clean(line)).append('\n'));
        return text.toString();
    }

    private static String decision(JsonNode decision) {
        var words = new StringBuilder(decision.path("mode").asText().equals("shadow") ? "in shadow " : "decided ");
        words.append(decision.path("at").asText())
                .append(": container ")
                .append(decision.path("container").asText())
                .append(" on ")
                .append(decision.path("disk").asText())
                .append(": ")
                .append(decision.path("kind").asText());
        if (decision.has("before")) {
            words.append(", until now ").append(numbers(decision.path("before")));
        }
        if (decision.has("after")) {
            words.append(", to ").append(numbers(decision.path("after")));
        }
        return words.append(": ").append(decision.path("reason").asText()).toString();
    }

    private static String finding(JsonNode finding) {
        return "container " + finding.path("container").asText()
                + (finding.has("device") ? " on " + finding.path("device").asText() : "") + ": "
                + finding.path("cause").asText().toLowerCase(Locale.ROOT).replace('_', ' ') + ": "
                + finding.path("detail").asText();
    }

    private List<String> differences(ExplanationText here) {
        var lines = new ArrayList<String>();
        var own = JSON.valueToTree(here.object()).path("limits");
        for (var theirs : explanation.path("limits")) {
            for (var ours : own) {
                if (isSameDisk(ours, theirs) && !numbers(ours.path("limit")).equals(numbers(theirs.path("limit")))) {
                    lines.add("container " + theirs.path("container").asText() + " on "
                            + theirs.path("disk").asText() + " is to have " + numbers(theirs.path("limit")) + ", not "
                            + numbers(ours.path("limit")) + " as above: it runs with another configuration, or has just"
                            + " decided anew");
                }
            }
        }
        return lines;
    }

    private static boolean isSameDisk(JsonNode one, JsonNode other) {
        return one.path("container").asText().equals(other.path("container").asText())
                && one.path("device").asText().equals(other.path("device").asText());
    }

    /** {@code riops=500 wiops=max rbps=max wbps=max}. */
    private static String numbers(JsonNode limit) {
        var words = new ArrayList<String>();
        for (var key : LimitKey.values()) {
            words.add(key.key() + "=" + limit.path(key.key()).asText());
        }
        return String.join(" ", words);
    }
}
