/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.top;

import io.diskguard.spi.Ticker;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** A reading each interval, one after the other. Not thread-safe. */
record Batch(Supplier<Reading> readings, Ticker ticker, Pause pause, Duration interval) {
    /** Waits. */
    @FunctionalInterface
    interface Pause {
        /** @return whether the end was asked for */
        boolean await(Duration atMost) throws InterruptedException;
    }

    /**
     * @param count of readings; empty for as many as there are until the end is asked for
     * @param print takes each, and says whether it could be printed
     */
    void run(OptionalInt count, Predicate<Reading> print) throws InterruptedException {
        readings.get();
        var due = ticker.nanos();
        for (var done = 0; count.isEmpty() || done < count.getAsInt(); done++) {
            due += interval.toNanos();
            var left = due - ticker.nanos();
            if (pause.await(Duration.ofNanos(Math.max(0, left)))) {
                return;
            }
            if (left <= 0) {
                due = ticker.nanos();
            }
            if (!print.test(readings.get())) {
                return;
            }
        }
    }
}
