/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.top;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The rows as columns that fit a width: where they do not, those of least worth are left out. Immutable.
 *
 * @param columns that there is room for, and how wide each is
 */
record Table(List<Row> rows, View view, boolean ascii, List<Placed> columns) {
    private static final int PART_OF_NAMES = 5;

    record Placed(Column column, int width) {}

    static Table of(Reading reading, View view, boolean ascii, int width) {
        var rows =
                reading.rows().stream().filter(view::shows).sorted(view.order()).toList();
        return new Table(rows, view, ascii, place(rows, view, ascii, width));
    }

    private static List<Placed> place(List<Row> rows, View view, boolean ascii, int width) {
        var look = new Column.Look(view.unit(), ascii);
        var there = Columns.ALL.stream()
                .filter(column -> column.shown().test(view.unit()))
                .map(column -> new Placed(column, natural(column, rows, look)))
                .toList();
        var chosen = new ArrayList<Placed>();
        var left = width + 1;
        for (var each : there.stream()
                .sorted(Comparator.comparing((Placed it) -> -it.column().worth()))
                .toList()) {
            var least = least(each, width);
            if (left >= least + 1) {
                left -= least + 1;
                chosen.add(each);
            }
        }
        var placed = new ArrayList<Placed>();
        for (var each : there) {
            if (chosen.contains(each)) {
                var more = Math.min(Math.max(0, left), each.width() - least(each, width));
                left -= more;
                placed.add(new Placed(each.column(), least(each, width) + more));
            }
        }
        return placed;
    }

    /** Names may be cut, numbers not. */
    private static int least(Placed placed, int width) {
        var column = placed.column();
        var most = column.equals(Columns.POD) ? Math.max(column.most(), width / PART_OF_NAMES) : column.most();
        return column.isText() ? Math.min(placed.width(), most) : placed.width();
    }

    /** A number keeps its width while it grows. */
    private static int natural(Column column, List<Row> rows, Column.Look look) {
        var title = column.title().length() + (column.equals(Columns.USE) ? 1 : 0);
        var content = rows.stream()
                .mapToInt(row -> column.cell().apply(row, look).length())
                .max()
                .orElse(0);
        var steady = column.isText() || column.title().length() > 8 ? 0 : Math.min(column.most(), 6);
        return Math.max(Math.max(title, content), steady);
    }

    List<Column> shown() {
        return columns.stream().map(Placed::column).toList();
    }

    Line header() {
        var line = Line.EMPTY;
        for (var each : columns) {
            var sorted = each.column().equals(view.sort());
            var arrow = sorted ? (each.column().isText() == view.isReversed() ? "v" : "^") : "";
            var title = each.column().title();
            var fits = title.length() + arrow.length() <= each.width();
            line = line.and(gap(line) + pad(fits ? title + arrow : title, each), sorted ? Ink.STRONG : Ink.HEADER);
        }
        return line;
    }

    Line line(Row row) {
        var look = new Column.Look(view.unit(), ascii);
        var hot = !row.atLimit().isEmpty();
        var line = Line.EMPTY;
        for (var each : columns) {
            var text = gap(line) + pad(each.column().cell().apply(row, look), each);
            line = line.and(text, ink(each.column(), row, hot));
        }
        return line;
    }

    private static Ink ink(Column column, Row row, boolean hot) {
        if (column.order().equals(Columns.USE.order()) && row.use().isPresent()) {
            return Ink.ofShare(row.use().getAsDouble());
        }
        if (hot && (column.id().isEmpty() || column.id().equals("at"))) {
            return Ink.HOT;
        }
        return row.isLimited() ? Ink.PLAIN : Ink.FAINT;
    }

    private static String gap(Line line) {
        return line.spans().isEmpty() ? "" : " ";
    }

    private static String pad(String text, Placed in) {
        var cut = text.length() <= in.width() ? text : text.substring(0, Math.max(0, in.width() - 1)) + "~";
        var blanks = " ".repeat(in.width() - cut.length());
        return in.column().isText() ? cut + blanks : blanks + cut;
    }
}
