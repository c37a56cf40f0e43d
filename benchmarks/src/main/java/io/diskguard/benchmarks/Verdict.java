/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.benchmarks;

import java.util.Arrays;
import java.util.Locale;

/** Prints figures and says whether they keep a budget. */
final class Verdict {
    private Verdict() {}

    /** The value below which the fraction {@code p} of the values lies. */
    static double percentile(double[] values, double p) {
        var sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[(int) Math.min(sorted.length - 1L, Math.round(p * (sorted.length - 1)))];
    }

    static double median(double[] values) {
        return percentile(values, 0.5);
    }

    static void line(String format, Object... arguments) {
        System.out.println(String.format(Locale.ROOT, format, arguments));
    }

    static void judge(String what, double value, double reach, double aim) {
        var verdict = value <= aim ? "reaches the aim" : value <= reach ? "within budget" : "OVER BUDGET";
        line("%s: %.2f (reach %.2f, aim %.2f): %s", what, value, reach, aim, verdict);
    }
}
