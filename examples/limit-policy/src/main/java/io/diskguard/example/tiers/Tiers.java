/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.example.tiers;

import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The tiers of this node. Immutable.
 *
 * @param label by whose value a pod chooses its tier
 * @param byName at least one
 */
record Tiers(String label, Map<String, Tier> byName) {
    private static final String TIER = "DISK_TIER_";
    private static final String LABEL = "DISK_TIERS_LABEL";
    private static final String USUAL_LABEL = "diskguard.io/tier";

    Tiers {
        byName = Map.copyOf(byName);
        if (byName.isEmpty()) {
            throw new IllegalArgumentException("there is at least one tier");
        }
    }

    /** What environment variables say: {@code DISK_TIER_<NAME>} for each tier, and {@code DISK_TIERS_LABEL}. */
    static Reading read(Map<String, String> variables) {
        var tiers = new TreeMap<String, Tier>();
        for (var variable : new TreeMap<>(variables).entrySet()) {
            if (!variable.getKey().startsWith(TIER)) {
                continue;
            }
            var name = spelled(variable.getKey().substring(TIER.length()));
            var tier = Tier.parse(name, variable.getValue());
            if (tier.isEmpty()) {
                return new Reading.Wrong(
                        variable.getKey() + " is \"" + variable.getValue() + "\", expected " + Tier.EXPECTED);
            }
            tiers.put(name, tier.get());
        }
        return tiers.isEmpty()
                ? new Reading.Wrong("there is no environment variable " + TIER + "<NAME>")
                : new Reading.Right(new Tiers(variables.getOrDefault(LABEL, USUAL_LABEL), tiers));
    }

    /** {@code BEST_EFFORT}, of a variable or of a QoS class, is the tier {@code best-effort}. */
    static String spelled(String name) {
        return name.toLowerCase(Locale.ROOT).replace('_', '-');
    }

    Collection<String> names() {
        return byName.keySet().stream().sorted().toList();
    }

    /** What came of reading them. */
    sealed interface Reading {
        record Right(Tiers tiers) implements Reading {}

        /** @param reason for a person to read */
        record Wrong(String reason) implements Reading {}
    }
}
