/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.top;

import java.util.ArrayList;
import java.util.List;

/**
 * A screen of the size given. Pure.
 *
 * @param lines as many as the screen is high, none wider than it
 * @param page how many rows are in sight
 * @param last how far there is to scroll
 * @param shown the columns that there was room for
 */
record Page(List<Line> lines, int page, int last, List<Column> shown) {
    private static final String KEYS = "?:help q:quit </>:sort r:reverse /:filter l:limited b:bytes space:pause";

    static Page of(Reading reading, View view, boolean ascii, int width, int height) {
        var table = Table.of(reading, view, ascii, width);
        var lines = new ArrayList<>(new Head(reading, view, ascii).lines());
        // On a low screen the rows matter more than what stands above them
        while (lines.size() > 1 && lines.size() > height / 2) {
            lines.remove(lines.size() - 1);
        }
        if (view.isHelp()) {
            lines.addAll(Help.lines());
            return new Page(fill(lines, Line.of("any key: back", Ink.FAINT), width, height), 1, 0, table.shown());
        }
        lines.add(table.header());
        var page = Math.max(1, height - lines.size() - 1);
        var last = Math.max(0, table.rows().size() - page);
        var top = Math.min(view.top(), last);
        table.rows().subList(top, Math.min(table.rows().size(), top + page)).forEach(row -> lines.add(table.line(row)));
        if (table.rows().isEmpty()) {
            lines.add(Line.of(
                    reading.rows().isEmpty()
                            ? "no container on a disk that is guarded"
                            : "none of " + reading.rows().size() + " rows is to be shown",
                    Ink.FAINT));
        }
        return new Page(fill(lines, foot(table, view, top, page), width, height), page, last, table.shown());
    }

    private static Line foot(Table table, View view, int top, int page) {
        if (view.typed().isPresent()) {
            return Line.of("filter: " + Columns.clean(view.typed().get()) + "_", Ink.STRONG)
                    .and("  enter: keep, esc: all", Ink.FAINT);
        }
        var size = table.rows().size();
        var where = size <= page ? "" : (top + 1) + "-" + Math.min(size, top + page) + " of " + size + "  ";
        return Line.of(where + KEYS, Ink.FAINT);
    }

    private static List<Line> fill(List<Line> lines, Line foot, int width, int height) {
        var all = new ArrayList<>(lines.subList(0, Math.min(lines.size(), Math.max(0, height - 1))));
        while (all.size() < height - 1) {
            all.add(Line.EMPTY);
        }
        all.add(foot);
        return all.stream().map(line -> line.cut(width)).toList();
    }
}
