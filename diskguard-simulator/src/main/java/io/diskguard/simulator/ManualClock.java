/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.simulator;

import io.diskguard.spi.Ticker;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicLong;

/** Wall clock and ticker in one, turned by hand; starts at 2026-01-01T00:00:00Z. Thread-safe. */
public final class ManualClock extends Clock implements Ticker {
    /** Where every manual clock starts. */
    public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final AtomicLong elapsed;
    private final ZoneId zone;

    /** A clock that shows {@link #START}, in UTC. */
    public ManualClock() {
        this(new AtomicLong(), ZoneOffset.UTC);
    }

    private ManualClock(AtomicLong elapsed, ZoneId zone) {
        this.elapsed = elapsed;
        this.zone = zone;
    }

    /**
     * Turns the clock forward.
     *
     * @throws IllegalArgumentException if the time is negative
     */
    public void advance(Duration time) {
        if (time.isNegative()) {
            throw new IllegalArgumentException("time does not run backwards, was " + time);
        }
        elapsed.addAndGet(time.toNanos());
    }

    @Override
    public Instant instant() {
        return START.plusNanos(elapsed.get());
    }

    @Override
    public long nanos() {
        return elapsed.get();
    }

    @Override
    public ZoneId getZone() {
        return zone;
    }

    /** The same clock in another zone: turning one turns the other. */
    @Override
    public Clock withZone(ZoneId other) {
        return new ManualClock(elapsed, other);
    }
}
