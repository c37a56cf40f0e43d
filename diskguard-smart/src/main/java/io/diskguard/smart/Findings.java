/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.smart;

import io.diskguard.model.ContainerKey;
import io.diskguard.policy.smart.Ineffective;
import io.diskguard.spi.LimitEscapes.Cause;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Which findings hold, and which of them are news: one that comes and goes is told once. Not thread-safe. */
final class Findings {
    /** For so long it must have been gone to be news again. */
    static final Duration GONE = Duration.ofMinutes(10);

    private final Map<ContainerKey, Map<String, Entry>> containers = new TreeMap<>();

    /** @param nanos when it was last known to hold, or found gone */
    private record Entry(Ineffective finding, boolean holds, long nanos) {}

    /** Takes all that holds now of these causes in the container; the news among it. */
    List<Ineffective> replace(ContainerKey container, Predicate<Cause> about, List<Ineffective> now, long nanos) {
        var known = containers.computeIfAbsent(container, none -> new TreeMap<>());
        var still = new HashSet<String>();
        var news = new ArrayList<Ineffective>();
        for (var finding : now) {
            var which = which(finding);
            var was = known.put(which, new Entry(finding, true, nanos));
            if (still.add(which) && (was == null || !was.holds() && nanos - was.nanos() >= GONE.toNanos())) {
                news.add(finding);
            }
        }
        known.replaceAll(
                (which, entry) -> entry.holds() && about.test(entry.finding().cause()) && !still.contains(which)
                        ? new Entry(entry.finding(), false, nanos)
                        : entry);
        known.values().removeIf(entry -> !entry.holds() && nanos - entry.nanos() >= GONE.toNanos());
        if (known.isEmpty()) {
            containers.remove(container);
        }
        return news;
    }

    /** Of several volumes without a disk only their details tell. */
    private static String which(Ineffective finding) {
        return finding.cause()
                + (finding.disk().isPresent() ? finding.disk().get().toString() : finding.detail());
    }

    void retain(Set<ContainerKey> watched) {
        containers.keySet().retainAll(watched);
    }

    /** All that hold, by container. */
    List<Ineffective> current() {
        var current = new ArrayList<Ineffective>();
        for (var known : containers.values()) {
            for (var entry : known.values()) {
                if (entry.holds()) {
                    current.add(entry.finding());
                }
            }
        }
        return List.copyOf(current);
    }
}
