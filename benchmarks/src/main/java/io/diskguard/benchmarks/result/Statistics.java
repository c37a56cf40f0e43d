/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.benchmarks.result;

import java.util.Arrays;

/** Of a few values. */
public final class Statistics {
    private Statistics() {}

    /** The value below which the fraction {@code p} of the values lies. */
    public static double percentile(double[] values, double p) {
        var sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[(int) Math.min(sorted.length - 1L, Math.round(p * (sorted.length - 1)))];
    }

    public static double median(double[] values) {
        return percentile(values, 0.5);
    }
}
