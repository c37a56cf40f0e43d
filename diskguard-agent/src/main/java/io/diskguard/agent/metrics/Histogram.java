/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.metrics;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;

/** How often something took how long. Thread-safe. */
final class Histogram {
    private static final double SECOND = 1e9;

    private final Family family;
    private final double[] bounds;
    private final AtomicLongArray counts;
    private final LongAdder nanos = new LongAdder();

    /** @param bounds in seconds, ascending, without the infinite one */
    Histogram(Family family, double... bounds) {
        this.family = family;
        this.bounds = bounds.clone();
        this.counts = new AtomicLongArray(bounds.length + 1);
    }

    void took(Duration time) {
        var seconds = time.toNanos() / SECOND;
        var bucket = 0;
        while (bucket < bounds.length && seconds > bounds[bucket]) {
            bucket++;
        }
        counts.incrementAndGet(bucket);
        nanos.add(time.toNanos());
    }

    Family family() {
        return family;
    }

    /** With the infinite one. */
    double[] bounds() {
        var all = Arrays.copyOf(bounds, bounds.length + 1);
        all[bounds.length] = Double.POSITIVE_INFINITY;
        return all;
    }

    /** In each bucket alone. */
    long[] counts() {
        var all = new long[counts.length()];
        for (var i = 0; i < all.length; i++) {
            all[i] = counts.get(i);
        }
        return all;
    }

    /** In seconds. */
    double sum() {
        return nanos.sum() / SECOND;
    }
}
