/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.annotation;

import io.diskguard.spi.LimitPolicy.Problem;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What is wrong, each thing once, in the order found, short enough for an event. Used by one thread. */
final class Problems {
    /** More than a person reads: a document made to be wrong is not to fill the node's memory or its log. */
    private static final int MOST = 100;

    private static final int LONGEST = 100;

    private final Set<Problem> found = new LinkedHashSet<>();
    private String full = "";

    void add(String key, String value, String expected) {
        var problem = new Problem(shortened(key), shortened(value), expected);
        if (found.size() < MOST) {
            found.add(problem);
        } else if (full.isEmpty() && !found.contains(problem)) {
            full = problem.key();
        }
    }

    List<Problem> list() {
        if (full.isEmpty()) {
            return List.copyOf(found);
        }
        var all = new LinkedHashSet<>(found);
        all.add(new Problem(full, "", "fewer mistakes: from here on they are not listed"));
        return List.copyOf(all);
    }

    /** At most 100 characters, in one line. */
    static String shortened(String text) {
        var end = text.length();
        if (end > LONGEST) {
            end = LONGEST - 1;
            if (Character.isHighSurrogate(text.charAt(end - 1))) {
                end--;
            }
        }
        var line = new StringBuilder(text.substring(0, end));
        for (var i = 0; i < line.length(); i++) {
            if (Character.isISOControl(line.charAt(i))) {
                line.setCharAt(i, ' ');
            }
        }
        return end < text.length() ? line.append('…').toString() : line.toString();
    }
}
