/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.simulator;

import java.time.Duration;
import java.util.Locale;

/**
 * What {@code io.pressure} tells (Linux {@code kernel/sched/psi.c}): the part of the time in which some, or all, tasks waited
 * for IO, averaged with decay, and its sum. Guarded by the file system's lock.
 */
final class Pressure {
    private final Line some = new Line();
    private final Line full = new Line();

    /** Lets time pass in which this part of it was waited. */
    void advance(double someWaited, double allWaited, Duration time) {
        some.advance(someWaited, time);
        full.advance(allWaited, time);
    }

    String text() {
        return "some " + some + "\n" + "full " + full + "\n";
    }

    private static final class Line {
        private static final double[] WINDOWS = {10, 60, 300};

        private final double[] averages = new double[WINDOWS.length];
        private long micros;

        void advance(double part, Duration time) {
            var seconds = time.toNanos() / 1e9;
            micros += Math.round(part * seconds * 1e6);
            for (var i = 0; i < WINDOWS.length; i++) {
                var keep = Math.exp(-seconds / WINDOWS[i]);
                averages[i] = averages[i] * keep + 100 * part * (1 - keep);
            }
        }

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "avg10=%.2f avg60=%.2f avg300=%.2f total=%d",
                    averages[0],
                    averages[1],
                    averages[2],
                    micros);
        }
    }
}
