/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.report;

import io.diskguard.model.LimitKey;
import io.diskguard.reconcile.Explanation;
import io.diskguard.spi.LimitPolicy;
import java.util.LinkedHashMap;
import java.util.Map;

/** An explanation, for a person or a program. Immutable. */
public record ExplanationText(Explanation explanation) {
    /** A line for each container, disk and number. */
    public String text() {
        if (explanation.rows().isEmpty()) {
            return explanation.pod().fullName() + " has no container with a cgroup on this node\n" + problems()
                    + notes();
        }
        var table = new TextTable("CONTAINER", "DISK", "NUMBER", "LIMIT", "KERNEL", "OURS", "ORIGIN");
        for (var row : explanation.rows()) {
            for (var key : LimitKey.values()) {
                table.row(
                        container(row),
                        row.use().disk().toString(),
                        key.key(),
                        row.decision().limit().get(key).toString(),
                        row.kernel().map(limit -> limit.get(key).toString()).orElse("?"),
                        row.ours().isPresent() ? "yes" : "no",
                        row.decision().origin(key));
            }
        }
        return "Pod " + explanation.pod().fullName() + "\n" + table + problems() + notes();
    }

    public String json() {
        var object = new LinkedHashMap<String, Object>();
        object.put("namespace", explanation.pod().namespace());
        object.put("pod", explanation.pod().name());
        object.put(
                "limits", explanation.rows().stream().map(ExplanationText::json).toList());
        object.put(
                "problems",
                explanation.problems().stream().map(ExplanationText::words).toList());
        object.put("notes", explanation.notes());
        return Json.pretty(object);
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
        return object;
    }

    private String problems() {
        var text = new StringBuilder();
        explanation.problems().forEach(problem -> text.append("Wrong: ")
                .append(words(problem))
                .append('\n'));
        return text.toString();
    }

    private String notes() {
        var text = new StringBuilder();
        explanation.notes().forEach(note -> text.append("Note: ").append(note).append('\n'));
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
