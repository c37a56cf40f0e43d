/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.smart;

import io.diskguard.config.SmartWindow;
import io.diskguard.config.Threshold;
import io.diskguard.history.LoadHistory;
import io.diskguard.model.IoRates;
import io.diskguard.model.LimitKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The window that won: the first, shortest first, in which a number exceeded its threshold.
 *
 * @param exceeded the numbers that did, at least one
 */
record Trigger(SmartWindow window, IoRates rates, Set<LimitKey> exceeded, Yardstick yardstick) {
    private static final LimitKey[] KEYS = LimitKey.values();
    private static final List<String> NAMES = List.of("ReadIOPS", "WriteIOPS", "ReadBPS", "WriteBPS");
    private static final int MOST_DECIMALS = 6;

    /** Empty if nothing is too much in any window that is covered. */
    static Optional<Trigger> find(List<SmartWindow> windows, LoadHistory load, long now, Yardstick yardstick) {
        for (var window : windows) {
            var rates = covered(window, load, now);
            if (rates.isPresent()) {
                var exceeded = EnumSet.noneOf(LimitKey.class);
                for (var key : KEYS) {
                    var threshold = yardstick.trigger(window, key);
                    if (threshold.isPresent() && rates.get().get(key) > threshold.getAsDouble()) {
                        exceeded.add(key);
                    }
                }
                if (!exceeded.isEmpty()) {
                    return Optional.of(new Trigger(window, rates.get(), exceeded, yardstick));
                }
            }
        }
        return Optional.empty();
    }

    /** The rates over the window; empty unless samples cover at least half of it. */
    static Optional<IoRates> covered(SmartWindow window, LoadHistory load, long now) {
        return load.over(window.length(), now)
                .filter(done -> isHalf(done.covered(), window.length()))
                .map(done -> done.rates());
    }

    private static boolean isHalf(Duration covered, Duration window) {
        return covered.multipliedBy(2).compareTo(window) >= 0;
    }

    /** What exceeded what, for people: {@code 15m[ReadIOPS:0.92>0.80]}. */
    String reason() {
        var parts = new ArrayList<String>();
        for (var key : exceeded) {
            var rate = rates.get(key);
            var threshold = yardstick.trigger(window, key).orElseThrow();
            var isFraction = window.threshold(key) instanceof Threshold.Fraction;
            var unit = isFraction ? yardstick.reference(key).orElseThrow() : 1;
            parts.add(NAMES.get(key.ordinal()) + ":" + compared(rate / unit, threshold / unit, isFraction ? 2 : 0));
        }
        return window.name() + parts.toString().replace(", ", ",");
    }

    /** With as many decimals as show the difference. */
    private static String compared(double rate, double threshold, int decimals) {
        var format = "%." + decimals + "f";
        var left = String.format(Locale.ROOT, format, rate);
        var right = String.format(Locale.ROOT, format, threshold);
        return left.equals(right) && decimals < MOST_DECIMALS
                ? compared(rate, threshold, decimals + 1)
                : left + ">" + right;
    }
}
