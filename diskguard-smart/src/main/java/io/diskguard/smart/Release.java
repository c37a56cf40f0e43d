/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.smart;

import io.diskguard.config.SmartSettings;
import io.diskguard.config.SmartWindow;
import io.diskguard.history.LoadHistory;
import io.diskguard.model.IoRates;
import io.diskguard.model.LimitKey;
import io.diskguard.model.Rate;
import io.diskguard.policy.smart.SmartLimit;
import java.time.Duration;
import java.util.Optional;

/** When a limit goes. Pure. */
record Release(SmartSettings settings) {
    private static final LimitKey[] KEYS = LimitKey.values();
    /** A number that came this near to its limit may have been held back by it. */
    private static final double PINNED = 0.9;

    /** How long a trigger after a release makes the next limit of the container stay longer, and the longest that it stays. */
    static final Duration RELAPSE = Duration.ofMinutes(60);

    /** Whether it is time to check; a round that comes a little early counts all the same. */
    boolean isDue(Standing standing, long now) {
        var slack = settings.monitorInterval().toNanos() / 2;
        return now - standing.checked() >= settings.release().checkInterval().toNanos() - slack;
    }

    /** Why it may go, for people; empty if it stays. */
    Optional<String> reason(Standing standing, LoadHistory load, long now, Yardstick yardstick) {
        var limit = standing.limit();
        var triggered = window(limit.window());
        if (now - standing.since() < limit.removeDelay().toNanos()
                || Trigger.covered(triggered, load, now).isEmpty()
                || isPinned(limit, triggered, load, now)) {
            return Optional.empty();
        }
        for (var window : settings.windows()) {
            var rates = Trigger.covered(window, load, now);
            if (rates.isPresent() && !isLow(window, rates.get(), yardstick)) {
                return Optional.empty();
            }
        }
        return Optional.of("load is low again in every window");
    }

    /** The one that triggered; the shortest where it is configured no more. */
    private SmartWindow window(String name) {
        return settings.windows().stream()
                .filter(window -> window.name().equals(name))
                .findFirst()
                .orElse(settings.windows().get(0));
    }

    private static boolean isPinned(SmartLimit limit, SmartWindow window, LoadHistory load, long now) {
        for (var key : KEYS) {
            if (limit.rates().get(key) instanceof Rate.PerSecond limited
                    && load.reached(key, PINNED * limited.value(), window.length(), now)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isLow(SmartWindow window, IoRates rates, Yardstick yardstick) {
        for (var key : KEYS) {
            var threshold = yardstick.remove(window, key);
            if (threshold.isPresent() && rates.get(key) >= threshold.getAsDouble()) {
                return false;
            }
        }
        return true;
    }

    /** How long a limit stays at least that is set after a release. */
    Duration delayAfter(Optional<Released> last, long now) {
        var usual = settings.release().delay();
        if (last.isEmpty() || now - last.get().at() > RELAPSE.toNanos()) {
            return usual;
        }
        var before = last.get().delay();
        var doubled = before.isZero() ? settings.release().checkInterval() : before.multipliedBy(2);
        var capped = doubled.compareTo(RELAPSE) < 0 ? doubled : RELAPSE;
        return capped.compareTo(usual) < 0 ? usual : capped;
    }

    /**
     * A container's last release.
     *
     * @param at by the ticker
     * @param delay how long the limit had to stay at least
     */
    record Released(long at, Duration delay) {}
}
