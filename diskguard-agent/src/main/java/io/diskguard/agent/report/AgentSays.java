/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.diskguard.model.LimitKey;
import io.diskguard.model.Quantity;
import io.diskguard.model.Rate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the agent that runs on this node explains of a pod: it knows what it decided by the load, and what it sees of IO
 * that gets past the limits. Immutable.
 *
 * @param where it was asked
 * @param explanation as {@link ExplanationText#json} has it; what is missing in it is not told
 * @param containers the pod's, as {@code /api/v1/containers} has them: how each stands on each disk
 */
public record AgentSays(String where, JsonNode explanation, List<JsonNode> containers) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> AS_IT_SHOULD_BE = Set.of("held", "unlimited");

    public AgentSays {
        containers = List.copyOf(containers);
    }

    /** The whole answer, of an agent that is the only one that knows: its table, what it found, and its sentences. */
    public String alone() {
        var limits = explanation.path("limits");
        var pod = "Pod " + explanation.path("namespace").asText() + "/"
                + explanation.path("pod").asText();
        var lines = new ArrayList<String>();
        explanation.path("problems").forEach(each -> lines.add("Wrong: " + each.asText()));
        explanation.path("notes").forEach(each -> lines.add("Note: " + each.asText()));
        var text = new StringBuilder(SmartWords.clean(pod)).append('\n');
        if (limits.isEmpty()) {
            lines.add(0, "It has no container with a cgroup on this node");
        } else {
            text.append(table(limits));
        }
        lines.forEach(line -> text.append(SmartWords.shown(line)).append('\n'));
        text.append(text(List.of()));
        text.append(limits.isEmpty() ? "" : "In words:\n");
        limits.forEach(row -> text.append(SmartWords.clean(words(row))).append('\n'));
        return text.toString();
    }

    /** As {@link #alone}, for a program: in the form of an explanation with the running agent's. */
    public String json() {
        var object = new LinkedHashMap<String, Object>();
        explanation.properties().forEach(entry -> object.put(entry.getKey(), entry.getValue()));
        object.put("agent", said());
        return Json.pretty(object);
    }

    /** Its address and its explanation. */
    Map<String, Object> said() {
        var said = new LinkedHashMap<String, Object>();
        said.put("url", where);
        said.put("explanation", explanation);
        return said;
    }

    /** The explanation itself does not know why a limit is not held. */
    private String words(JsonNode row) {
        var detail = trouble(row.path("container").asText(), row.path("device").asText())
                .map(disk -> disk.path("detail").asText())
                .filter(it -> !it.isEmpty());
        var words = row.path("words").asText();
        return detail.map(it -> words.replace(PlainWords.SOON, ": " + it)).orElse(words);
    }

    private TextTable table(JsonNode limits) {
        var table = new TextTable("CONTAINER", "DISK", "NUMBER", "LIMIT", "KERNEL", "STATE", "ORIGIN");
        for (var row : limits) {
            var container = row.path("container").asText();
            var device = row.path("device").asText();
            for (var key : LimitKey.values()) {
                var wanted = row.path("limit").path(key.key()).asText();
                var kernel = row.path("kernel").path(key.key()).asText("?");
                var same = wanted.equals("max") ? "unlimited" : "held";
                table.row(
                        SmartWords.clean(container),
                        SmartWords.clean(row.path("disk").asText() + " (" + device + ")"),
                        key.key(),
                        number(key, wanted),
                        number(key, kernel),
                        kernel.equals(wanted)
                                ? same
                                : trouble(container, device)
                                        .map(each -> state(each))
                                        .orElse("pending"),
                        SmartWords.clean(row.path("origin").path(key.key()).asText()));
            }
        }
        return table;
    }

    private static String number(LimitKey key, String text) {
        return Quantity.parse(text).stream()
                .mapToObj(it -> SmartWords.number(key, Rate.ofZeroIsUnlimited(it)))
                .findFirst()
                .orElseGet(() -> SmartWords.clean(text));
    }

    /** How it says that a disk stands which is not as it should be. */
    Optional<JsonNode> trouble(String container, String device) {
        for (var each : containers) {
            for (var disk : each.path("disks")) {
                if (each.path("container").asText().equals(container)
                        && disk.path("number").asText().equals(device)
                        && !AS_IT_SHOULD_BE.contains(state(disk))) {
                    return Optional.of(disk);
                }
            }
        }
        return Optional.empty();
    }

    static String state(JsonNode disk) {
        return SmartWords.clean(disk.path("state").asText());
    }

    private List<String> troubles() {
        var lines = new ArrayList<String>();
        containers.forEach(each -> each.path("disks").forEach(disk -> {
            if (!AS_IT_SHOULD_BE.contains(state(disk))) {
                lines.add("container " + each.path("container").asText() + " on "
                        + disk.path("device").asText() + " is " + state(disk)
                        + (disk.has("detail") ? ": " + disk.path("detail").asText() : ""));
            }
        }));
        return lines;
    }

    /** @param here what was found without it */
    String text(ExplanationText here) {
        return text(differences(here));
    }

    private String text(List<String> differences) {
        var lines = new ArrayList<>(troubles());
        explanation.path("decisions").forEach(each -> lines.add(decision(each)));
        explanation.path("ineffective").forEach(each -> lines.add("ineffective: " + finding(each)));
        lines.addAll(differences);
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
