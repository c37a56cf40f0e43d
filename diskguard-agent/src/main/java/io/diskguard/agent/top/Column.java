/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.top;

import java.util.Comparator;
import java.util.function.BiFunction;
import java.util.function.Predicate;

/**
 * One column of the table. Immutable.
 *
 * @param id what it is sorted by, in options
 * @param title its header
 * @param isText aligned to the left and sorted upwards; else a number, to the right and downwards
 * @param worth the least are left out first where there is no room
 * @param most how wide at most where room is short
 * @param shown for which numbers
 * @param cell what it says
 * @param order of its values, upwards
 */
record Column(
        String id,
        String title,
        boolean isText,
        int worth,
        int most,
        Predicate<Unit> shown,
        BiFunction<Row, Look, String> cell,
        Comparator<Row> order) {
    /**
     * How things are drawn.
     *
     * @param ascii without block characters
     */
    record Look(Unit unit, boolean ascii) {}

    /** As it is read first: the greatest number, the first of the names. */
    Comparator<Row> natural() {
        return isText ? order : order.reversed();
    }
}
