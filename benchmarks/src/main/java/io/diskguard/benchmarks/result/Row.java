/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.benchmarks.result;

import java.util.Locale;
import java.util.Optional;

/**
 * A budget and what was measured.
 *
 * @param spread empty if it could not be measured
 * @param note for people: why not, or what there is to know beside the figures; may be empty
 */
public record Row(Budget budget, Optional<Spread> spread, String note) {
    Verdict verdict() {
        return spread.map(it -> budget.judge(it.median())).orElse(Verdict.UNKNOWN);
    }

    /** As a line of a table. */
    String markdown() {
        var measured =
                spread.map(it -> number(it.median()) + " " + budget.unit()).orElse("");
        var range = spread.map(it -> number(it.least()) + " to " + number(it.most()))
                .orElse("");
        return String.join(
                " | ",
                "| " + budget.row(),
                budget.what(),
                measured,
                range,
                number(budget.reach()),
                number(budget.aim()),
                verdict() + (note.isEmpty() ? "" : ": " + note) + " |");
    }

    @Override
    public String toString() {
        var measured = spread.map(it -> "median %s %s, %s to %s"
                        .formatted(number(it.median()), budget.unit(), number(it.least()), number(it.most())))
                .orElse("no figure");
        return "row %s, %s: %s; reach %s, aim %s: %s%s"
                .formatted(
                        budget.row(),
                        budget.what(),
                        measured,
                        number(budget.reach()),
                        number(budget.aim()),
                        verdict().toString().replace("*", ""),
                        note.isEmpty() ? "" : " (" + note + ")");
    }

    /** Three digits, as more are chance. */
    private static String number(double value) {
        var size = Math.abs(value);
        var text = String.format(Locale.ROOT, size < 10 ? "%.2f" : size < 100 ? "%.1f" : "%,.0f", value);
        return text.replaceFirst("\\.0+$", "");
    }
}
