/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.top;

import io.diskguard.model.IoRates;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What stands above the table: the node and each of its disks. Pure. */
record Head(Reading reading, View view, boolean ascii) {
    private static final int BAR = 10;

    List<Line> lines() {
        var lines = new ArrayList<Line>();
        lines.add(node());
        lines.add(counts());
        reading.disks().forEach(disk -> lines.add(disk(disk)));
        reading.troubles().forEach(trouble -> lines.add(Line.of(Columns.clean(trouble), Ink.HOT)));
        return lines;
    }

    private Line node() {
        var line = Line.of("diskguard top", Ink.STRONG)
                .and(reading.node().map(name -> " on " + Columns.clean(name)).orElse(""), Ink.PLAIN)
                .and("  " + second(reading.at()), Ink.PLAIN);
        if (!reading.interval().isZero()) {
            line = line.and(
                    String.format(
                            Locale.ROOT, "  over %.1f s", reading.interval().toMillis() / 1e3),
                    Ink.FAINT);
        }
        line = view.isPaused() ? line.and("  PAUSED", Ink.WARM) : line;
        var pressure = reading.pressure();
        return pressure.isEmpty()
                ? line
                : line.and(
                        String.format(
                                Locale.ROOT,
                                "  IO pressure (10 s): some %.1f%% full %.1f%%",
                                pressure.get().some().avg10(),
                                pressure.get().full().avg10()),
                        pressure.get().full().avg10() >= 10 ? Ink.WARM : Ink.PLAIN);
    }

    private static String second(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private Line counts() {
        var limited = reading.only(Row::isLimited).containers();
        var at = reading.only(row -> !row.atLimit().isEmpty()).containers();
        return Line.of(
                        count(reading.pods(), "pod") + ", " + count(reading.containers(), "container") + ", " + limited
                                + " limited, ",
                        Ink.PLAIN)
                .and(at + " at a limit", at > 0 ? Ink.HOT : Ink.PLAIN)
                .and(shownOnly(), Ink.FAINT);
    }

    private String shownOnly() {
        var text = view.namespace()
                .map(name -> "  namespace " + Columns.clean(name))
                .orElse("");
        text += view.onlyLimited() ? "  only limited" : "";
        return view.filter().isEmpty() ? text : text + "  filter \"" + Columns.clean(view.filter()) + "\"";
    }

    private Line disk(DiskState state) {
        var line = Line.of(
                String.format(Locale.ROOT, "%-9s", Columns.clean(state.disk().name())), Ink.STRONG);
        if (state.rates().isEmpty()) {
            return line.and(" util    -", Ink.FAINT);
        }
        var rates = state.rates().get();
        var all = new IoRates(rates.riops(), rates.wiops(), rates.rbps(), rates.wbps());
        line = line.and(String.format(Locale.ROOT, " util %3.0f%% ", rates.utilisation() * 100), Ink.PLAIN)
                .and(Bar.of(rates.utilisation(), BAR, ascii), Ink.ofShare(rates.utilisation()))
                .and("  " + figures(all), Ink.PLAIN);
        for (var limited : List.of(true, false)) {
            var total = reading.total(state.disk(), limited);
            line = line.and(
                    "  " + total.containers() + (limited ? " limited: " : " others: ") + figures(total.rates()),
                    Ink.FAINT);
        }
        return line;
    }

    /** {@code r 12 w 401}, of operations or bytes. */
    private String figures(IoRates rates) {
        var text = new StringBuilder();
        for (var key : view.unit().keys()) {
            text.append(text.isEmpty() ? "" : " ")
                    .append(key.isRead() ? "r " : "w ")
                    .append(Figures.amount(rates.get(key), key.isOperations()))
                    .append(key.isOperations() ? "" : "B");
        }
        return text + "/s";
    }

    private static String count(long number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }
}
