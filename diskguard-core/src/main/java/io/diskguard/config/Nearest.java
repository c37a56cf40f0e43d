/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.config;

import java.util.Collection;

/** The name that a misspelt one is most like. */
final class Nearest {
    private static final int LONGEST = 64;

    private Nearest() {}

    /** The first of the nearest; there is at least one name. */
    static String to(String name, Collection<String> names) {
        // a stranger's key may be of any length; the distance costs its square
        var start = name.substring(0, Math.min(name.length(), LONGEST));
        var nearest = "";
        var least = Integer.MAX_VALUE;
        for (var one : names) {
            // so many letters at least have to come or go
            if (Math.abs(one.length() - start.length()) < least) {
                var distance = distance(start, one);
                if (distance < least) {
                    nearest = one;
                    least = distance;
                }
            }
        }
        return nearest;
    }

    /** Levenshtein's. */
    private static int distance(String from, String to) {
        var previous = new int[to.length() + 1];
        for (var j = 0; j <= to.length(); j++) {
            previous[j] = j;
        }
        for (var i = 1; i <= from.length(); i++) {
            var current = new int[to.length() + 1];
            current[0] = i;
            for (var j = 1; j <= to.length(); j++) {
                var replaced = previous[j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(replaced, 1 + Math.min(previous[j], current[j - 1]));
            }
            previous = current;
        }
        return previous[to.length()];
    }
}
