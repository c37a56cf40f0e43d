/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.benchmarks.soak;

import io.diskguard.benchmarks.result.Statistics;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Whether what was sampled for some time grows. The first sixth is for warming up; of an hour, what counts then is the
 * median of the minutes from 10 to 20, that of the last 10, and the slope of a line by least squares through all but the
 * first 10.
 *
 * @param early median of the second sixth
 * @param late median of the last sixth
 * @param hourly the slope an hour
 */
record Flatness(double early, double late, double hourly, double least, double most) {
    private static final double SIXTHS = 6;
    private static final double MINUTES = 60;

    /** @param minutes when each of the values was taken, ascending */
    static Flatness of(double[] minutes, double[] values) {
        var sixth = minutes[minutes.length - 1] / SIXTHS;
        var warm = between(minutes, values, sixth, Double.MAX_VALUE);
        return new Flatness(
                Statistics.median(between(minutes, values, sixth, 2 * sixth)),
                Statistics.median(between(minutes, values, 5 * sixth, Double.MAX_VALUE)),
                MINUTES * slope(between(minutes, minutes, sixth, Double.MAX_VALUE), warm),
                Statistics.percentile(warm, 0),
                Statistics.percentile(warm, 1));
    }

    /** Neither the medians nor the line rises by more than this an hour; what falls is flat. */
    boolean within(double rise) {
        return late - early <= rise && hourly <= rise;
    }

    private static double[] between(double[] minutes, double[] values, double from, double to) {
        return IntStream.range(0, minutes.length)
                .filter(i -> minutes[i] >= from && minutes[i] < to)
                .mapToDouble(i -> values[i])
                .toArray();
    }

    private static double slope(double[] x, double[] y) {
        var meanX = Arrays.stream(x).average().orElseThrow();
        var meanY = Arrays.stream(y).average().orElseThrow();
        var up = IntStream.range(0, x.length)
                .mapToDouble(i -> (x[i] - meanX) * (y[i] - meanY))
                .sum();
        var along = Arrays.stream(x).map(at -> (at - meanX) * (at - meanX)).sum();
        return along == 0 ? 0 : up / along;
    }
}
