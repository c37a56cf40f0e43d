/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.report;

import java.util.ArrayList;
import java.util.List;

/** Columns as wide as their widest cell, two spaces apart. Not thread-safe. */
public final class TextTable {
    private final List<List<String>> rows = new ArrayList<>();

    public TextTable(String... header) {
        rows.add(List.of(header));
    }

    /** @throws IllegalArgumentException if it has not as many cells as the header */
    public TextTable row(String... cells) {
        if (cells.length != rows.get(0).size()) {
            throw new IllegalArgumentException("a row has " + rows.get(0).size() + " cells, was " + cells.length);
        }
        rows.add(List.of(cells));
        return this;
    }

    /** Every line ends with a newline and without blanks before it. */
    @Override
    public String toString() {
        var text = new StringBuilder();
        for (var row : rows) {
            var line = new StringBuilder();
            for (var column = 0; column < row.size(); column++) {
                line.append(row.get(column));
                line.append(" ".repeat(width(column) + 2 - row.get(column).length()));
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }

    private int width(int column) {
        return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
    }
}
