/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.simulate;

import io.diskguard.agent.report.TextTable;
import io.diskguard.model.LimitKey;
import io.diskguard.policy.smart.SmartDecision.Kind;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A line for each decision, then charts, then a table. */
final class TextReport extends Report {
    private final PrintWriter out;
    private final Chart chart;
    private boolean hasDecisions;

    TextReport(PrintWriter out, Chart chart) {
        this.out = out;
        this.chart = chart;
    }

    @Override
    void decided(Told told) {
        hasDecisions = true;
        var decision = told.decision();
        var words = new ArrayList<String>();
        words.add(Figures.time(decision.at()));
        words.add(String.format(Locale.ROOT, "%-9s", kind(decision.kind())));
        words.add(told.container());
        words.add(decision.disk().name());
        words.add(told.changed().stream()
                .map(key ->
                        key.key() + " " + Figures.rate(key, told.before().get(key)) + (chart.ascii() ? " -> " : " → ")
                                + Figures.rate(key, told.after().get(key)))
                .collect(Collectors.joining(", ")));
        words.add(decision.reason());
        out.println(words.stream().filter(word -> !word.isEmpty()).collect(Collectors.joining("  ")));
    }

    private static String kind(Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    @Override
    void end(Outcome outcome) {
        var ledger = outcome.ledger();
        if (!hasDecisions) {
            out.println("Nothing would have been decided.");
        }
        ledger.axis().ifPresent(axis -> ledger.told().forEach(account -> charts(axis, ledger, account)));
        out.println();
        if (!ledger.told().isEmpty()) {
            out.println(table(ledger.told()));
        }
        out.println(span(outcome));
        outcome.notes().forEach(note -> out.println("Note: " + note));
        out.flush();
    }

    private void charts(TimeAxis axis, Ledger ledger, Account account) {
        var stretches = ledger.newest().map(axis::index).orElse(0) + 1;
        account.curve().ifPresent(curve -> {
            for (var key : shown(account)) {
                out.println();
                out.println(account.container() + " on " + account.disk() + ", " + key.key() + " (" + Figures.words(key)
                        + "):");
                out.print(chart.draw(axis, stretches, curve, key));
            }
        });
    }

    /** What was limited; else what it did most of. */
    static Set<LimitKey> shown(Account account) {
        if (!account.limited().isEmpty()) {
            return account.limited();
        }
        return account.highest(LimitKey.WIOPS) >= account.highest(LimitKey.RIOPS)
                ? EnumSet.of(LimitKey.WIOPS)
                : EnumSet.of(LimitKey.RIOPS);
    }

    private static String table(List<Account> accounts) {
        var table = new TextTable(
                "CONTAINER", "DISK", "THROTTLED", "APPLIED", "UPDATED", "RELEASED", "HIGHEST", "HELD BACK");
        for (var account : accounts) {
            table.row(
                    account.container(),
                    account.disk().name(),
                    Figures.duration(account.throttled()),
                    Integer.toString(account.count(Kind.APPLY)),
                    Integer.toString(account.count(Kind.UPDATE)),
                    Integer.toString(account.count(Kind.RELEASE)),
                    each(shown(account), key -> key.key() + " " + Figures.rate(key, account.highest(key))),
                    each(account.limited(), key -> key.key() + " " + Figures.percent(account.heldBack(key))));
        }
        return table.toString();
    }

    private static String each(Collection<LimitKey> keys, Function<LimitKey, String> word) {
        return keys.isEmpty() ? "-" : keys.stream().map(word).collect(Collectors.joining(", "));
    }

    private static String span(Outcome outcome) {
        var ledger = outcome.ledger();
        if (ledger.first().isEmpty()) {
            return "There is no round in " + outcome.what() + " in that time.";
        }
        return "From " + Figures.time(ledger.first().get()) + " to "
                + Figures.time(ledger.newest().orElseThrow()) + " in " + outcome.what() + ": " + ledger.rounds()
                + (ledger.rounds() == 1 ? " round" : " rounds")
                + (outcome.missing() == 0 ? "." : ", " + outcome.missing() + " more were not recorded.");
    }
}
