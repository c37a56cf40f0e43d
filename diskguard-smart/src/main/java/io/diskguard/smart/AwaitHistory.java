/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.smart;

import java.time.Duration;
import java.util.Arrays;
import java.util.OptionalDouble;

/** How long a disk's operations took in the rounds of the last hour. Bounded, in primitives. Not thread-safe. */
final class AwaitHistory {
    private static final long HOUR = Duration.ofHours(1).toNanos();
    private static final long ENOUGH = HOUR / 2;
    private static final int MOST = 720;
    private static final int FEWEST = 3;

    private final long[] ends;
    private final long[] lengths;
    /** Milliseconds, not a number where no operation was completed. */
    private final double[] awaits;

    private int size;
    private int next;

    AwaitHistory(Duration interval) {
        this(interval, FEWEST);
    }

    private AwaitHistory(Duration interval, int least) {
        var rounds = HOUR / Math.max(1, interval.toNanos()) + 1;
        var slots = (int) Math.max(least, Math.min(MOST, rounds));
        ends = new long[slots];
        lengths = new long[slots];
        awaits = new double[slots];
    }

    /** The same at another interval; nothing is forgotten for having been shorter. */
    AwaitHistory at(Duration interval) {
        var other = new AwaitHistory(interval, Math.max(FEWEST, size));
        for (var i = ends.length - size; i < ends.length; i++) {
            var slot = (next + i) % ends.length;
            other.ends[other.next] = ends[slot];
            other.lengths[other.next] = lengths[slot];
            other.awaits[other.next] = awaits[slot];
            other.next = (other.next + 1) % other.ends.length;
            other.size++;
        }
        return other;
    }

    void add(long end, long length, OptionalDouble millis) {
        ends[next] = end;
        lengths[next] = length;
        awaits[next] = millis.orElse(Double.NaN);
        next = (next + 1) % ends.length;
        size = Math.min(size + 1, ends.length);
    }

    /**
     * The median of the rounds that ended within the hour before {@code now} and in which operations were completed; empty
     * unless all rounds of that hour, those without operations too, make up half of it and three had operations.
     */
    OptionalDouble median(long now) {
        var known = new double[size];
        var count = 0;
        var covered = 0L;
        for (var i = 0; i < size; i++) {
            if (now - ends[i] <= HOUR) {
                covered += lengths[i];
                if (!Double.isNaN(awaits[i])) {
                    known[count++] = awaits[i];
                }
            }
        }
        if (covered < ENOUGH || count < FEWEST) {
            return OptionalDouble.empty();
        }
        Arrays.sort(known, 0, count);
        return OptionalDouble.of((known[(count - 1) / 2] + known[count / 2]) / 2);
    }
}
