/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.benchmarks.result;

/** Of several measurements of the same. */
public record Spread(double median, double least, double most) {
    public static Spread of(double... values) {
        return new Spread(
                Statistics.median(values), Statistics.percentile(values, 0), Statistics.percentile(values, 1));
    }
}
