/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.report;

import io.diskguard.config.SmartSettings;
import io.diskguard.model.LimitKey;
import io.diskguard.policy.smart.Ineffective;
import io.diskguard.policy.smart.Recorded;
import io.diskguard.policy.smart.SmartLimit;
import io.diskguard.reconcile.Explanation;
import io.diskguard.spi.LimitPolicy;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** An explanation, for a person or a program. Immutable. */
public record ExplanationText(Explanation explanation) {
    private static final int DECISIONS_MAX = 10;

    /** A line for each container, disk and number; at the end a sentence for each container and disk. */
    public String text() {
        return text(Optional.empty());
    }

    /** @param agent what the running agent knows besides */
    public String text(Optional<AgentSays> agent) {
        var says = agent.map(it -> it.text(this)).orElse("");
        if (explanation.rows().isEmpty()) {
            return SmartWords.clean(explanation.pod().fullName()) + " has no container with a cgroup on this node\n"
                    + problems() + notes() + says;
        }
        var table = new TextTable("CONTAINER", "DISK", "NUMBER", "LIMIT", "KERNEL", "STATE", "ORIGIN");
        for (var row : explanation.rows()) {
            for (var key : LimitKey.values()) {
                table.row(
                        SmartWords.clean(container(row)),
                        row.use().disk().toString(),
                        key.key(),
                        SmartWords.number(key, row.decision().limit().get(key)),
                        row.kernel()
                                .map(limit -> SmartWords.number(key, limit.get(key)))
                                .orElse("?"),
                        state(row, key, agent),
                        SmartWords.clean(row.decision().origin(key)));
            }
        }
        return "Pod " + SmartWords.clean(explanation.pod().fullName()) + "\n" + table + differences(agent) + smart()
                + decisions() + ineffective() + problems() + notes() + says + inWords(agent);
    }

    public String json() {
        return json(Optional.empty());
    }

    /** @param agent what the running agent knows besides: an object {@code agent} of its address and explanation */
    public String json(Optional<AgentSays> agent) {
        var object = object();
        agent.ifPresent(it -> object.put("agent", it.said()));
        return Json.pretty(object);
    }

    /** What {@link #json} prints, for other formats. */
    public Map<String, Object> object() {
        var object = new LinkedHashMap<String, Object>();
        object.put("namespace", explanation.pod().namespace());
        object.put("pod", explanation.pod().name());
        object.put(
                "limits", explanation.rows().stream().map(ExplanationText::json).toList());
        object.put(
                "problems",
                explanation.problems().stream().map(ExplanationText::words).toList());
        object.put(
                "ineffective",
                explanation.ineffective().stream().map(ExplanationText::json).toList());
        object.put("notes", explanation.notes());
        object.put("decisions", newest().stream().map(ExplanationText::json).toList());
        return object;
    }

    private static Map<String, Object> json(Explanation.Row row) {
        var object = new LinkedHashMap<String, Object>();
        object.put("container", container(row));
        object.put("cgroup", row.target().cgroup().value());
        object.put("disk", row.use().disk().name());
        object.put("device", row.use().disk().id().toString());
        object.put("limit", Json.limit(row.decision().limit()));
        var origins = new LinkedHashMap<String, String>();
        for (var key : LimitKey.values()) {
            origins.put(key.key(), row.decision().origin(key));
        }
        object.put("origin", origins);
        row.kernel().ifPresent(limit -> object.put("kernel", Json.limit(limit)));
        object.put("marked", row.ours().isPresent());
        object.put("words", PlainWords.of(row, container(row)));
        row.decision().smart().ifPresent(limit -> object.put("smart", json(limit)));
        return object;
    }

    private static Map<String, Object> json(Ineffective finding) {
        var object = new LinkedHashMap<String, Object>();
        object.put("container", finding.container());
        finding.disk().ifPresent(disk -> object.put("device", disk.id().toString()));
        object.put("cause", finding.cause().name());
        object.put("detail", finding.detail());
        return object;
    }

    private String ineffective() {
        var text = new StringBuilder();
        explanation.ineffective().forEach(finding -> text.append("Ineffective: ")
                .append(SmartWords.clean(finding.words()))
                .append('\n'));
        return text.toString();
    }

    private static Map<String, Object> json(SmartLimit limit) {
        var object = new LinkedHashMap<String, Object>();
        object.put("window", limit.window());
        object.put("reason", limit.reason());
        object.put("since", limit.at().toString());
        object.put("earliestRelease", SmartWords.earliestRelease(limit));
        object.put("limit", Json.limit(limit.rates()));
        return object;
    }

    private static Map<String, Object> json(Recorded recorded) {
        var decision = recorded.decision();
        var object = new LinkedHashMap<String, Object>();
        object.put("at", decision.at().toString());
        object.put("mode", recorded.mode().name().toLowerCase(Locale.ROOT));
        object.put("kind", decision.kind().name().toLowerCase(Locale.ROOT).replace('_', '-'));
        object.put("container", decision.container().name());
        object.put("disk", decision.disk().name());
        object.put("reason", decision.reason());
        decision.before().ifPresent(limit -> object.put("before", Json.limit(limit.rates())));
        decision.after().ifPresent(limit -> object.put("after", Json.limit(limit.rates())));
        return object;
    }

    /** What the agent says of a number that is not as it should be: it knows more of it. */
    private static String state(Explanation.Row row, LimitKey key, Optional<AgentSays> agent) {
        var state = NumberState.of(row, key);
        return state == NumberState.PENDING
                ? agent.flatMap(it -> it.trouble(container(row), number(row)))
                        .map(AgentSays::state)
                        .orElse(state.word())
                : state.word();
    }

    private static Optional<String> trouble(Explanation.Row row, Optional<AgentSays> agent) {
        return agent.flatMap(it -> it.trouble(container(row), number(row)))
                .map(disk -> disk.path("detail").asText())
                .filter(detail -> !detail.isEmpty());
    }

    private static String number(Explanation.Row row) {
        return row.use().disk().id().toString();
    }

    /** Why the kernel has something else than what is wanted: a line for each container and disk where it has. */
    private String differences(Optional<AgentSays> agent) {
        var text = new StringBuilder();
        for (var row : explanation.rows()) {
            PlainWords.difference(row, trouble(row, agent)).ifPresent(words -> text.append("Differs: ")
                    .append(SmartWords.clean(container(row)))
                    .append(" on ")
                    .append(row.use().disk())
                    .append(": ")
                    .append(words)
                    .append('\n'));
        }
        return text.toString();
    }

    /** What holds because of load: a line for each container and disk. */
    private String smart() {
        var text = new StringBuilder();
        for (var row : explanation.rows()) {
            row.decision().smart().ifPresent(limit -> text.append("Smart: ")
                    .append(SmartWords.clean(container(row)))
                    .append(" on ")
                    .append(row.use().disk())
                    .append(": ")
                    .append(SmartWords.inForce(limit))
                    .append('\n'));
        }
        return text.toString();
    }

    private String decisions() {
        var text = new StringBuilder();
        newest().forEach(recorded -> text.append(
                        recorded.mode() == SmartSettings.Mode.SHADOW ? "In shadow " : "Decided ")
                .append(recorded.decision().at().truncatedTo(ChronoUnit.SECONDS))
                .append(": ")
                .append(SmartWords.clean(SmartWords.of(recorded.decision())))
                .append('\n'));
        return text.toString();
    }

    private List<Recorded> newest() {
        var all = explanation.decisions();
        return all.subList(Math.max(0, all.size() - DECISIONS_MAX), all.size());
    }

    private String problems() {
        var text = new StringBuilder();
        explanation.problems().forEach(problem -> text.append("Wrong: ")
                .append(SmartWords.shown(words(problem)))
                .append('\n'));
        return text.toString();
    }

    private String notes() {
        var text = new StringBuilder();
        explanation.notes().forEach(note -> text.append("Note: ")
                .append(SmartWords.clean(note))
                .append('\n'));
        return text.toString();
    }

    private String inWords(Optional<AgentSays> agent) {
        var text = new StringBuilder("In words:\n");
        explanation.rows().forEach(row -> text.append(
                        SmartWords.clean(PlainWords.of(row, container(row), trouble(row, agent))))
                .append('\n'));
        return text.toString();
    }

    private static String words(LimitPolicy.Problem problem) {
        return problem.key() + ": \"" + problem.value() + "\", expected " + problem.expected();
    }

    private static String container(Explanation.Row row) {
        return row.target().container().map(container -> container.name()).orElseGet(() -> row.target()
                .cgroup()
                .name());
    }
}
