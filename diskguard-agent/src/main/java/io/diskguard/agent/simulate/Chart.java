/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.simulate;

import io.diskguard.model.LimitKey;
import java.time.Duration;

/**
 * A container's rate as bars and its limit as a line, in characters. Immutable.
 *
 * @param width of the terminal
 * @param ascii whether nothing else than ASCII is used
 */
record Chart(int width, boolean ascii) {
    /** The narrowest and the widest terminal that a chart is made for; another is taken as the nearest of them. */
    static final int NARROWEST = 40;

    static final int WIDEST = 250;

    private static final int ROWS = 8;
    private static final int SCALE = 9;
    private static final String EIGHTHS = " ▁▂▃▄▅▆▇█";

    Chart {
        width = Math.min(WIDEST, Math.max(NARROWEST, width));
    }

    /**
     * Lines, each ending with a newline.
     *
     * @param stretches how many of the axis are drawn
     */
    String draw(TimeAxis axis, int stretches, Curve curve, LimitKey key) {
        var columns = Math.min(stretches, width - SCALE);
        var rates = new double[columns];
        var limits = new double[columns];
        var top = 1.0;
        for (var column = 0; column < columns; column++) {
            rates[column] = curve.rate(key, from(column, columns, stretches), from(column + 1, columns, stretches));
            limits[column] = curve.limit(key, from(column, columns, stretches), from(column + 1, columns, stretches));
            top = Math.max(top, rates[column]);
        }
        for (var limit : limits) {
            // One that is far above all that was done would make everything else flat.
            if (limit < 1.6 * top) {
                top = Math.max(top, limit);
            }
        }
        var text = new StringBuilder();
        for (var row = ROWS - 1; row >= 0; row--) {
            var isLabelled = row == ROWS - 1 || row == ROWS / 2 - 1;
            var line = new StringBuilder(scale(isLabelled ? Figures.rate(key, top * (row + 1) / ROWS) : ""));
            line.append(isLabelled ? ascii ? '+' : '┤' : ascii ? '|' : '│');
            for (var column = 0; column < columns; column++) {
                line.append(cell(rates[column] / top * ROWS - row, limits[column] / top * ROWS, row));
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        text.append(scale("0"))
                .append(ascii ? "+" : "└")
                .append((ascii ? "-" : "─").repeat(columns))
                .append('\n');
        return text.append(times(axis, stretches, columns)).append('\n').toString();
    }

    private static int from(int column, int columns, int stretches) {
        return (int) ((long) column * stretches / columns);
    }

    /** @param filled how much of the row the bar fills, above 1 if it goes on above */
    private char cell(double filled, double limit, int row) {
        var hasLimit = limit > 0 && (int) Math.min(Math.ceil(limit) - 1, Integer.MAX_VALUE) == row;
        if (hasLimit) {
            return filled >= 1 ? ascii ? '=' : '╪' : ascii ? '-' : '─';
        }
        if (ascii) {
            return filled >= 0.5 ? '#' : filled > 0 && row == 0 ? '.' : ' ';
        }
        var eighths = (int) Math.round(Math.max(0, Math.min(1, filled)) * 8);
        return EIGHTHS.charAt(filled > 0 && row == 0 ? Math.max(1, eighths) : eighths);
    }

    private static String scale(String label) {
        return " ".repeat(Math.max(0, SCALE - 2 - label.length())) + label + " ";
    }

    /** As many times as there is room for, each below its column. */
    private static String times(TimeAxis axis, int stretches, int columns) {
        var withDay = axis.stretch().multipliedBy(stretches).compareTo(Duration.ofHours(24)) > 0;
        var line = new StringBuilder(" ".repeat(SCALE - 1));
        var apart = withDay ? 20 : 15;
        for (var column = 0; column == 0 || column + 11 <= columns; column += apart) {
            line.append(" ".repeat(Math.max(0, SCALE - 1 + column - line.length())));
            line.append(Figures.mark(axis.at(from(column, columns, stretches)), withDay));
        }
        return line.toString();
    }
}
