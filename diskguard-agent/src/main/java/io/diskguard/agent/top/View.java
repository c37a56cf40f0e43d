/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.top;

import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/**
 * What of a reading is to be seen, and how. Immutable.
 *
 * @param sort by which column
 * @param isReversed the other way round than is usual for the column
 * @param filter text that namespace, pod, container or disk contains, whatever the case; empty for all
 * @param typed what is being typed as the next filter; empty where nothing is
 * @param namespace the only one; empty for all
 * @param onlyLimited without containers that have no limit
 * @param top how many rows are scrolled out of sight
 */
record View(
        Column sort,
        boolean isReversed,
        String filter,
        Optional<String> typed,
        Optional<String> namespace,
        boolean onlyLimited,
        Unit unit,
        int top,
        boolean isPaused,
        boolean isHelp) {
    /** The most used limit first. */
    static final View FIRST = new View(
            Columns.USE, false, "", Optional.empty(), Optional.empty(), false, Unit.OPERATIONS, 0, false, false);

    View sort(Column by) {
        return new View(
                by, by.equals(sort) && !isReversed, filter, typed, namespace, onlyLimited, unit, 0, isPaused, isHelp);
    }

    /** By another column in its usual direction. */
    View sortMoved(Column by) {
        return new View(by, false, filter, typed, namespace, onlyLimited, unit, 0, isPaused, isHelp);
    }

    View reversed() {
        return new View(sort, !isReversed, filter, typed, namespace, onlyLimited, unit, 0, isPaused, isHelp);
    }

    View filter(String text) {
        return new View(sort, isReversed, text, Optional.empty(), namespace, onlyLimited, unit, 0, isPaused, isHelp);
    }

    View typing(Optional<String> text) {
        return new View(sort, isReversed, filter, text, namespace, onlyLimited, unit, top, isPaused, isHelp);
    }

    View namespace(Optional<String> only) {
        return new View(sort, isReversed, filter, typed, only, onlyLimited, unit, 0, isPaused, isHelp);
    }

    View onlyLimited(boolean only) {
        return new View(sort, isReversed, filter, typed, namespace, only, unit, 0, isPaused, isHelp);
    }

    View unit(Unit other) {
        return new View(sort, isReversed, filter, typed, namespace, onlyLimited, other, top, isPaused, isHelp);
    }

    View top(int row) {
        return new View(
                sort, isReversed, filter, typed, namespace, onlyLimited, unit, Math.max(0, row), isPaused, isHelp);
    }

    View paused(boolean paused) {
        return new View(sort, isReversed, filter, typed, namespace, onlyLimited, unit, top, paused, isHelp);
    }

    View help(boolean help) {
        return new View(sort, isReversed, filter, typed, namespace, onlyLimited, unit, top, isPaused, help);
    }

    boolean shows(Row row) {
        var text = (row.podName() + " " + row.container() + " " + row.disk().name()).toLowerCase(Locale.ROOT);
        return namespace.map(row.namespace()::equals).orElse(true)
                && (!onlyLimited || row.isLimited())
                && text.contains(typed.orElse(filter).toLowerCase(Locale.ROOT));
    }

    /** Rows that are alike stay in the order of their names: nothing jumps. */
    Comparator<Row> order() {
        var by = isReversed ? sort.natural().reversed() : sort.natural();
        return by.thenComparing(Row::podName)
                .thenComparing(Row::container)
                .thenComparing(Row::disk)
                .thenComparing(Row::cgroup);
    }
}
