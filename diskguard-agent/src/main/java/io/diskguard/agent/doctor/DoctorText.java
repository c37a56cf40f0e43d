/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.doctor;

import io.diskguard.agent.doctor.Finding.Verdict;
import io.diskguard.agent.report.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What was found on a node, for a person or a program. Immutable. */
public record DoctorText(List<Finding> findings) {
    private static final String INDENT = "       ";

    public DoctorText {
        findings = List.copyOf(findings);
    }

    /** What is wrong in capitals; below each finding what is to be done. */
    public String text() {
        var text = new StringBuilder();
        for (var each : findings) {
            text.append(String.format(Locale.ROOT, "%-7s", word(each.verdict())))
                    .append(each.check())
                    .append(": ")
                    .append(each.tried())
                    .append('\n')
                    .append(indented(each.found()));
            each.toDo().ifPresent(toDo -> text.append(indented("-> " + toDo)));
        }
        for (var verdict : Verdict.values()) {
            text.append(verdict == Verdict.OK ? "" : ", ")
                    .append(findings.stream()
                            .filter(it -> it.verdict() == verdict)
                            .count())
                    .append(' ')
                    .append(verdict.name().toLowerCase(Locale.ROOT));
        }
        return text.append('\n').toString();
    }

    public String json() {
        var object = new LinkedHashMap<String, Object>();
        object.put("ok", findings.stream().noneMatch(it -> it.verdict() == Verdict.WRONG));
        object.put("findings", findings.stream().map(DoctorText::json).toList());
        return Json.pretty(object);
    }

    private static Map<String, Object> json(Finding finding) {
        var object = new LinkedHashMap<String, Object>();
        object.put("id", finding.id());
        object.put("check", finding.check());
        object.put("verdict", finding.verdict().name().toLowerCase(Locale.ROOT));
        object.put("tried", finding.tried());
        object.put("found", finding.found());
        finding.toDo().ifPresent(toDo -> object.put("toDo", toDo));
        return object;
    }

    private static String word(Verdict verdict) {
        return switch (verdict) {
            case WRONG -> "WRONG";
            case SKIPPED -> "skip";
            default -> verdict.name().toLowerCase(Locale.ROOT);
        };
    }

    private static String indented(String text) {
        return text.lines().map(line -> INDENT + line + "\n").reduce("", String::concat);
    }
}
