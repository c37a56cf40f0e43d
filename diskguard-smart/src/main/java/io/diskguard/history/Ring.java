/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.history;

import java.time.Duration;

/**
 * Running totals at points in time, the oldest overwritten: arrays of a fixed size, as a node has thousands. Times are
 * milliseconds in 32 bits that run over; only differences mean something, up to 24 days. Not thread-safe.
 */
final class Ring {
    private static final int NUMBERS = 4;

    private final int spacing;
    private final int sparse;
    private final int[] times;
    private final int[] covered;
    private final long[] totals;
    private int first;
    private int size;

    /**
     * @param span what it looks back over
     * @param resolution a point is kept each
     * @param interval between two points that are offered
     */
    Ring(Duration span, Duration resolution, Duration interval) {
        var points = Math.toIntExact(span.toMillis() / resolution.toMillis()) + 2;
        // A round that comes a little early counts all the same
        this.spacing = Math.toIntExact(resolution.toMillis() - interval.toMillis() / 2);
        // Points of another ring come at other times: taken more often than this, they would not reach back over the
        // span
        this.sparse = Math.toIntExact((resolution.toMillis() * (points - 2) + points - 2) / (points - 1));
        times = new int[points];
        covered = new int[points];
        totals = new long[points * NUMBERS];
    }

    /** Keeps the point unless the last one is too near. */
    void offer(int time, int coveredMillis, long[] total) {
        keep(spacing, time, coveredMillis, total, 0);
    }

    /** Keeps a point of another ring, later than all of this one, unless the last one is too near. */
    void take(Ring other, int point) {
        var slot = other.at(point);
        keep(sparse, other.times[slot], other.covered[slot], other.totals, slot * NUMBERS);
    }

    private void keep(int least, int time, int coveredMillis, long[] from, int at) {
        if (size > 0 && time - times[at(size - 1)] < least) {
            return;
        }
        if (size == times.length) {
            first = (first + 1) % times.length;
            size--;
        }
        var slot = at(size++);
        times[slot] = time;
        covered[slot] = coveredMillis;
        System.arraycopy(from, at, totals, slot * NUMBERS, NUMBERS);
    }

    /** The oldest point that is no older than that; -1 if there is none. */
    int oldest(int now, int age) {
        var low = 0;
        var high = size;
        while (low < high) {
            var middle = (low + high) >>> 1;
            if (now - times[at(middle)] > age) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low == size ? -1 : low;
    }

    int size() {
        return size;
    }

    int time(int point) {
        return times[at(point)];
    }

    int covered(int point) {
        return covered[at(point)];
    }

    long total(int point, int number) {
        return totals[at(point) * NUMBERS + number];
    }

    private int at(int point) {
        return (first + point) % times.length;
    }
}
