/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.benchmarks.result;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/** Puts all results into a page, between two markers that must be there: {@code Page RESULTS_DIRECTORY PAGE}. */
public final class Page {
    private static final String BEGIN = "<!-- rows:begin -->";
    private static final String END = "<!-- rows:end -->";

    private static final String HEAD = """
            | | what | median | spread | reach | aim | |
            |---|---|---|---|---|---|---|
            """;

    private record Origin(Machine machine, LocalDate date, boolean quick) {
        @Override
        public String toString() {
            return "%s, %s%s".formatted(machine, date, quick ? ", measured quickly: no final figures" : "");
        }
    }

    private Page() {}

    public static void main(String[] args) throws IOException {
        var page = Path.of(args[1]);
        var all = new ArrayList<Results>();
        try (var files = Files.list(Path.of(args[0]))) {
            for (var file : files.sorted().toList()) {
                all.add(Results.read(file));
            }
        }
        try {
            Files.writeString(page, with(table(all), Files.readString(page)));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(page + ": " + e.getMessage(), e);
        }
    }

    /** The table in the order of the budget, and where each row of it was measured. */
    private static String table(List<Results> all) {
        var rows = all.stream()
                .flatMap(results -> results.rows().stream())
                .sorted(Comparator.comparing((Row row) -> row.budget().row()))
                .toList();
        var text = new StringBuilder(HEAD);
        rows.forEach(row -> text.append(row.markdown()).append('\n'));
        var origins = new TreeMap<String, TreeSet<String>>();
        for (var results : all) {
            var origin = new Origin(results.machine(), results.date(), results.quick()).toString();
            results.rows().forEach(row -> origins.computeIfAbsent(origin, any -> new TreeSet<>())
                    .add(row.budget().row()));
        }
        origins.forEach((origin, numbers) -> text.append(numbers.size() == 1 ? "\nRow " : "\nRows ")
                .append(String.join(", ", numbers))
                .append(": ")
                .append(origin)
                .append(".\n"));
        return text.toString();
    }

    private static String with(String table, String page) {
        var begin = page.indexOf(BEGIN);
        var end = page.indexOf(END, Math.max(begin, 0));
        if (begin < 0 || end < 0) {
            throw new IllegalArgumentException(
                    "no line " + (begin < 0 ? BEGIN : END + " after " + BEGIN) + " for the table");
        }
        return page.substring(0, begin + BEGIN.length()) + "\n" + table + page.substring(end);
    }
}
