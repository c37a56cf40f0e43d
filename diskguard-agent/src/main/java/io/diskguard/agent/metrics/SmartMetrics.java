/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.metrics;

import static io.diskguard.agent.metrics.Series.Family.counter;
import static io.diskguard.agent.metrics.Series.Family.gauge;

import io.diskguard.config.SmartSettings;
import io.diskguard.model.ContainerKey;
import io.diskguard.model.DeviceId;
import io.diskguard.policy.smart.Recorded;
import io.diskguard.policy.smart.Round;
import io.diskguard.policy.smart.SmartDecision;
import io.diskguard.policy.smart.SmartLimit;
import io.diskguard.policy.smart.Watched;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Counts what is decided by the load, and who is limited by it. Used by one thread. */
final class SmartMetrics {
    private volatile Set<String> windows = Set.of();
    private final Series decisions;
    private final Series limited;
    private final Map<ContainerKey, Set<DeviceId>> disks = new HashMap<>();

    SmartMetrics(Function<Series.Family, Series> series) {
        decisions = series.apply(counter(
                "diskguard_smart_decisions",
                "What was decided by the load; hold: a limit would be no stricter than what is in force.",
                "action",
                "window",
                "mode"));
        limited = series.apply(gauge(
                "diskguard_containers_limited",
                "Containers that are limited on some disk, by what limits them.",
                "source"));
        tell();
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
        if (recorded.mode() == SmartSettings.Mode.ENFORCE && decision.kind() != SmartDecision.Kind.NO_EFFECT) {
            if (decision.after().isPresent()) {
                disks.computeIfAbsent(decision.container(), absent -> new HashSet<>())
                        .add(decision.disk().id());
            } else {
                disks.computeIfPresent(decision.container(), (container, its) -> {
                    its.remove(decision.disk().id());
                    return its.isEmpty() ? null : its;
                });
            }
            tell();
        }
    }

    /** Those that are gone are limited no more, and nobody tells. */
    void sampled(Round round, List<Watched> containers) {
        if (!disks.isEmpty()) {
            var there = new HashSet<>(round.absent());
            containers.forEach(each -> there.add(each.key()));
            disks.keySet().retainAll(there);
            tell();
        }
    }

    private void tell() {
        limited.set(disks.size(), "smart");
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
