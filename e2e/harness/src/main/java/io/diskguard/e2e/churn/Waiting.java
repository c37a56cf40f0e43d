/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.e2e.churn;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits on a clock. */
final class Waiting {
    private static final Duration STEP = Duration.ofMillis(5);

    private final Clock clock;

    Waiting(Clock clock) {
        this.clock = clock;
    }

    void until(Instant time) {
        for (var left = left(time); left > 0; left = left(time)) {
            LockSupport.parkNanos(left);
        }
    }

    void pause(Duration time) {
        until(clock.instant().plus(time));
    }

    /** Whether it came true in time. */
    boolean until(Duration most, BooleanSupplier condition) {
        var end = clock.instant().plus(most);
        while (!condition.getAsBoolean()) {
            if (clock.instant().isAfter(end)) {
                return false;
            }
            LockSupport.parkNanos(STEP.toNanos());
        }
        return true;
    }

    private long left(Instant time) {
        return Duration.between(clock.instant(), time).toNanos();
    }
}
