/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.e2e.churn;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Lines for people, and whether all is well. Not thread-safe. */
public final class Report {
    private static final int SHOWN = 10;
    private static final double MILLION = 1e6;

    private final PrintStream out;
    private int passed;
    private int failed;

    public Report(PrintStream out) {
        this.out = out;
    }

    public void say(String line) {
        out.println("     " + line);
    }

    public void check(String what, Object actual, Object expected) {
        if (actual.equals(expected)) {
            passed++;
            out.println("ok   " + what + ": " + actual);
        } else {
            failed++;
            out.println("FAIL " + what + ": '" + actual + "', expected '" + expected + "'");
        }
    }

    /** Of what is not worth a line where it is true. */
    void require(String what, boolean fact) {
        if (!fact) {
            check(what, false, true);
        }
    }

    /** There must be none. */
    public void none(String what, List<String> found) {
        check(what, found.size(), 0);
        found.stream().limit(SHOWN).forEach(one -> out.println("       " + one));
    }

    public void latencies(Map<String, List<Long>> byKind) {
        var all = new ArrayList<Long>();
        byKind.forEach((kind, times) -> {
            say(figures(kind, times));
            if (!kind.equals("start")) {
                all.addAll(times);
            }
        });
        say(figures("all but the start", all));
    }

    /** Whether everything passed. */
    public boolean end() {
        out.println(passed + " passed, " + failed + " failed");
        return failed == 0;
    }

    private static String figures(String kind, List<Long> nanos) {
        if (nanos.isEmpty()) {
            return kind + ": none";
        }
        var sorted = nanos.stream().sorted().toList();
        return String.format(
                Locale.ROOT,
                "milliseconds from event to kernel, %s: p50 %.1f, p99 %.1f, max %.1f (%d)",
                kind,
                at(sorted, 50) / MILLION,
                at(sorted, 99) / MILLION,
                at(sorted, 100) / MILLION,
                sorted.size());
    }

    private static long at(List<Long> sorted, int percent) {
        return sorted.get(Math.max(0, (sorted.size() * percent + 99) / 100 - 1));
    }
}
