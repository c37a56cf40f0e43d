/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.metrics;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What the agent exports, for tests of what reads it: names as Prometheus stores them, and their labels. */
public final class ExportedMetrics {
    private ExportedMetrics() {}

    /** Each metric by its name, counters with {@code _total}. */
    public static Map<String, Set<String>> families() {
        var families = new TreeMap<String, Set<String>>();
        all().forEach(family -> families.put(family.fullName(), new TreeSet<>(family.labels())));
        return families;
    }

    public static Set<String> histograms() {
        return all().stream()
                .filter(family -> family.kind() == Family.Kind.HISTOGRAM)
                .map(Family::fullName)
                .collect(Collectors.toSet());
    }

    private static List<Family> all() {
        return new AgentMetrics(() -> 0, "2").families();
    }
}
