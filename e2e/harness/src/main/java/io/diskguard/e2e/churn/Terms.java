/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.e2e.churn;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongUnaryOperator;
import java.util.stream.Stream;

/**
 * What holds for every container of the node: how late a limit may be, and the default of operations a second, with those
 * of before for as long as they may still be in force. Times are Unix times in nanoseconds. Not thread-safe.
 */
public final class Terms {
    private final long grace;
    private final LongUnaryOperator waitedSince;
    private final List<Earlier> before = new ArrayList<>();
    private long defaultIops;

    private record Earlier(long defaultIops, long changed, long within) {}

    Terms(Duration grace, long defaultIops) {
        this(grace, defaultIops, since -> 0);
    }

    /**
     * @param grace how long after the agent was told of a change the limits of before may stay
     * @param waitedSince for how long since a time those who are to act could not, which comes on top of that
     */
    public Terms(Duration grace, long defaultIops, LongUnaryOperator waitedSince) {
        this.grace = grace.toNanos();
        this.defaultIops = defaultIops;
        this.waitedSince = waitedSince;
    }

    /** Whether it may no more be as it was before a time. */
    boolean isOver(long changed, long now) {
        return isOver(changed, grace, now);
    }

    long defaultIops() {
        return defaultIops;
    }

    void change(long to, long changed, Duration within) {
        before.add(new Earlier(defaultIops, changed, within.toNanos()));
        defaultIops = to;
    }

    /** The defaults that may be in force at a time. */
    List<Long> at(long now) {
        before.removeIf(earlier -> isOver(earlier.changed(), earlier.within(), now));
        return Stream.concat(Stream.of(defaultIops), before.stream().map(Earlier::defaultIops))
                .toList();
    }

    private boolean isOver(long changed, long within, long now) {
        return now > changed + within && now > changed + within + waitedSince.applyAsLong(changed);
    }
}
