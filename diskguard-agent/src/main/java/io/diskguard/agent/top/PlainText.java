/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.top;

import java.util.ArrayList;
import java.util.stream.Collectors;

/** A reading as text for a file or a pipe: every column and every row, no colours, nothing that moves a cursor. Pure. */
final class PlainText {
    /** Nothing has to be left out. */
    private static final int WIDE = 1 << 16;

    private PlainText() {}

    static String of(Reading reading, View view, boolean ascii) {
        var all = view.unit(Unit.BOTH);
        var lines = new ArrayList<>(new Head(reading, all, ascii).lines());
        var table = Table.of(reading, all, ascii, WIDE);
        lines.add(Line.EMPTY);
        lines.add(table.header());
        table.rows().forEach(row -> lines.add(table.line(row)));
        return lines.stream().map(line -> line.text() + "\n").collect(Collectors.joining());
    }
}
