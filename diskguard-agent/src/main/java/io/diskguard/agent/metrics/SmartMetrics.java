/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.metrics;

import static io.diskguard.agent.metrics.Family.counter;

import io.diskguard.policy.smart.Recorded;
import io.diskguard.policy.smart.SmartDecision;
import io.diskguard.policy.smart.SmartLimit;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;

/** Counts what is decided by the load. Used by one thread. */
final class SmartMetrics {
    private volatile Set<String> windows = Set.of();
    private final Series decisions;

    SmartMetrics(Function<Family, Series> series) {
        decisions = series.apply(counter(
                "diskguard_smart_decisions",
                "What was decided by the load; hold: a limit would be no stricter than what is in force.",
                "action",
                "window",
                "mode"));
    }

    /** Names of those that are configured: a restored limit may name any other. */
    void windows(Collection<String> configured) {
        windows = Set.copyOf(configured);
    }

    void decided(Recorded recorded) {
        var decision = recorded.decision();
        decisions.count(
                action(decision.kind()),
                window(decision),
                recorded.mode().name().toLowerCase(Locale.ROOT));
    }

    private static String action(SmartDecision.Kind kind) {
        return switch (kind) {
            case APPLY -> "throttle";
            case UPDATE -> "tighten";
            case RELEASE -> "release";
            case NO_EFFECT -> "hold";
            case RESTORE -> "restore";
        };
    }

    /** One that is configured no more, or that somebody wrote into an annotation, is no name of its own. */
    private String window(SmartDecision decision) {
        var name = decision.after().or(decision::before).map(SmartLimit::window).orElseGet(() -> decision.reason()
                .split("\\[", 2)[0]);
        return windows.contains(name) ? name : "other";
    }
}
