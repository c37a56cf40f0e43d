/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.top;

import io.diskguard.agent.report.SmartWords;
import io.diskguard.model.LimitKey;
import io.diskguard.model.Rate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The columns there are, from the left to the right. Pure. */
final class Columns {
    private static final int BAR = 8;

    /** The share of the limit that is used most. */
    static final Column USE = new Column(
            "use",
            "USE",
            false,
            80,
            4,
            unit -> true,
            (row, look) -> Figures.percent(row.use()),
            Comparator.comparingDouble(row -> known(row.use())));

    static final Column POD = text("pod", "POD", 90, 16, Row::podName);

    static final List<Column> ALL = all();

    private Columns() {}

    static Optional<Column> named(String id) {
        return ALL.stream().filter(column -> column.id().equals(id)).findFirst();
    }

    /** By which a person can sort. */
    static List<String> ids() {
        return ALL.stream().map(Column::id).filter(id -> !id.isEmpty()).toList();
    }

    private static List<Column> all() {
        var all = new ArrayList<Column>();
        all.add(new Column(
                "",
                " ",
                true,
                100,
                1,
                unit -> true,
                (row, look) -> row.atLimit().isEmpty() ? " " : "!",
                Comparator.comparing(row -> row.atLimit().size())));
        all.add(POD);
        all.add(text("container", "CONTAINER", 70, 9, Row::container));
        all.add(text("disk", "DISK", 65, 9, row -> row.disk().name()));
        for (var key : LimitKey.values()) {
            all.addAll(of(key));
        }
        all.add(USE);
        all.add(new Column(
                "",
                "OF LIMIT",
                true,
                30,
                BAR,
                unit -> true,
                (row, look) -> row.use().isEmpty() ? "" : Bar.of(row.use().getAsDouble(), BAR, look.ascii()),
                USE.order()));
        all.add(text("at", "AT LIMIT", 45, 12, row -> row.atLimit().stream()
                .map(LimitKey::key)
                .collect(Collectors.joining(","))));
        all.add(new Column(
                "source",
                "FROM",
                true,
                50,
                21,
                unit -> true,
                (row, look) -> sources(row),
                Comparator.comparing(Columns::sources)));
        all.add(new Column(
                "since",
                "SMART SINCE",
                false,
                40,
                12,
                unit -> true,
                (row, look) -> row.smart()
                        .map(limit -> clean(limit.window()) + " " + Figures.age(Duration.between(limit.at(), row.at())))
                        .orElse(""),
                Comparator.comparing(row ->
                        row.smart().map(limit -> limit.at().getEpochSecond()).orElse(0L))));
        return List.copyOf(all);
    }

    private static List<Column> of(LimitKey key) {
        var letter = key.isRead() ? "R" : "W";
        var rate = new Column(
                key.key(),
                letter + (key.isOperations() ? "OPS/s" : "BYTE/s"),
                false,
                key.isRead() ? 84 : 85,
                7,
                unit -> unit.shows(key),
                (row, look) -> Figures.rate(row.rate(key), key),
                Comparator.comparingDouble(row -> known(row.rate(key))));
        var limit = new Column(
                key.key() + "-limit",
                "LIMIT",
                false,
                60,
                7,
                unit -> unit.shows(key),
                (row, look) -> Figures.limit(row.kernel(), key),
                Comparator.comparingDouble(row -> most(row, key)));
        var use = new Column(
                key.key() + "-use",
                letter + "%",
                false,
                55,
                4,
                unit -> unit.shows(key),
                (row, look) -> Figures.percent(row.use(key)),
                Comparator.comparingDouble(row -> known(row.use(key))));
        return List.of(rate, limit, use);
    }

    private static Column text(String id, String title, int worth, int most, Function<Row, String> value) {
        return new Column(
                id,
                title,
                true,
                worth,
                most,
                unit -> true,
                (row, look) -> clean(value.apply(row)),
                Comparator.comparing(value));
    }

    /** Of all four numbers, whichever are shown; once where they come from the same. */
    private static String sources(Row row) {
        var words = Arrays.stream(LimitKey.values())
                .map(key -> row.source(key).map(Source::word).orElse("?"))
                .distinct()
                .toList();
        var limited =
                words.stream().filter(word -> !word.equals(Source.NONE.word())).toList();
        return limited.isEmpty() ? String.join("", words) : String.join("+", limited);
    }

    /** No limit is more than any; what is not known, less. */
    private static double most(Row row, LimitKey key) {
        if (row.kernel().isEmpty()) {
            return -1;
        }
        return row.kernel().get().get(key) instanceof Rate.PerSecond limit ? limit.value() : Double.MAX_VALUE;
    }

    private static double known(OptionalDouble value) {
        return value.orElse(-1);
    }

    /** What a table can hold: each character is one column wide, and nothing moves the cursor. */
    static String clean(String text) {
        return SmartWords.clean(text).replaceAll("[^\\x20-\\x7e]", "?");
    }
}
