/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.report;

import io.diskguard.reconcile.ResetReport;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a reset did, for a person or a program. Immutable. */
public record ResetText(ResetReport report, boolean dryRun) {
    public String text() {
        var text = new StringBuilder();
        report.cleared().forEach(row -> text.append(dryRun ? "would clear " : "cleared ")
                .append(line(row)));
        report.failed().forEach(failure -> text.append("FAILED ")
                .append(line(failure.row()).stripTrailing())
                .append(": ")
                .append(failure.reason())
                .append('\n'));
        report.leftAlone().forEach(row -> text.append("left alone, not ours: ").append(line(row)));
        text.append(report.cleared().size()).append(dryRun ? " to clear, " : " cleared, ");
        text.append(report.failed().size()).append(" failed, ");
        text.append(report.leftAlone().size()).append(" of others left alone\n");
        return text.toString();
    }

    public String json() {
        var object = new LinkedHashMap<String, Object>();
        object.put("dryRun", dryRun);
        object.put("cleared", rows(report.cleared()));
        object.put("failed", report.failed().stream().map(ResetText::failure).toList());
        object.put("leftAlone", rows(report.leftAlone()));
        return Json.pretty(object);
    }

    private static String line(ResetReport.Row row) {
        return row.cgroup() + " " + row.device() + " " + row.limit() + "\n";
    }

    private static List<Map<String, Object>> rows(List<ResetReport.Row> rows) {
        return rows.stream().map(ResetText::row).toList();
    }

    private static Map<String, Object> row(ResetReport.Row row) {
        var object = new LinkedHashMap<String, Object>();
        object.put("cgroup", row.cgroup().value());
        object.put("device", row.device().toString());
        object.put("limit", Json.limit(row.limit()));
        return object;
    }

    private static Map<String, Object> failure(ResetReport.Failure failure) {
        var object = row(failure.row());
        object.put("reason", failure.reason());
        return object;
    }
}
