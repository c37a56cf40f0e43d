/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.e2e.churn;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits on a clock. */
public final class Waiting {
    private static final Duration STEP = Duration.ofMillis(5);

    private final Clock clock;

    public Waiting(Clock clock) {
        this.clock = clock;
    }

    public void until(Instant time) {
        for (var left = left(time); left > 0; left = left(time)) {
            park(left);
        }
    }

    public void pause(Duration time) {
        until(clock.instant().plus(time));
    }

    /** Whether it came true in time. */
    public boolean until(Duration most, BooleanSupplier condition) {
        var end = clock.instant().plus(most);
        while (!condition.getAsBoolean()) {
            if (clock.instant().isAfter(end)) {
                return false;
            }
            park(STEP.toNanos());
        }
        return true;
    }

    private static void park(long nanos) {
        if (Thread.currentThread().isInterrupted()) {
            throw new IllegalStateException("interrupted");
        }
        LockSupport.parkNanos(nanos);
    }

    private long left(Instant time) {
        return Duration.between(clock.instant(), time).toNanos();
    }
}
