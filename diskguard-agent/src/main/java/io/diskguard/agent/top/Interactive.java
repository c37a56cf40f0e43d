/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.top;

import io.diskguard.agent.node.StopSignal;
import io.diskguard.spi.Ticker;
import java.time.Duration;
import java.util.function.Supplier;

/** Draws what is seen, and does what keys say, until the end is asked for. Not thread-safe. */
final class Interactive {
    /** How soon a resized window is noticed, and a signal. */
    private static final Duration LOOK = Duration.ofMillis(200);

    private final Supplier<Reading> readings;
    private final Screen screen;
    private final boolean ascii;
    private final Ticker ticker;
    private final StopSignal stop;
    private final Duration interval;

    Interactive(
            Supplier<Reading> readings,
            Screen screen,
            boolean ascii,
            Ticker ticker,
            StopSignal stop,
            Duration interval) {
        this.readings = readings;
        this.screen = screen;
        this.ascii = ascii;
        this.ticker = ticker;
        this.stop = stop;
        this.interval = interval;
    }

    void run(View first) throws InterruptedException {
        var view = first;
        var seen = readings.get();
        var due = ticker.nanos() + interval.toNanos();
        while (!stop.await(Duration.ZERO)) {
            var size = screen.size();
            var page = Page.of(seen, view, ascii, size.width(), size.height());
            screen.show(page.lines());
            var left = due - ticker.nanos();
            if (left <= 0) {
                // A look that took long is not made up for
                due = ticker.nanos() + interval.toNanos();
                var next = readings.get();
                seen = view.isPaused() ? seen : next;
                continue;
            }
            var key = screen.key(left < LOOK.toNanos() ? Duration.ofNanos(left) : LOOK);
            if (key.isPresent()) {
                var after = Pressed.on(view, key.get(), page.shown(), page.page(), page.last());
                if (after.isEmpty()) {
                    return;
                }
                view = after.get();
            }
        }
    }
}
