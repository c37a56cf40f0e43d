/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.annotation;

import io.diskguard.annotation.Reading.Value;
import io.diskguard.model.DiskUse;
import io.diskguard.model.LimitKey;
import io.diskguard.model.Rate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The rules of a policy document, and which of them holds where. Immutable. */
record Rules(List<Rule> all) {
    private static final Comparator<Rate> STRICTEST_FIRST =
            Comparator.comparingLong(rate -> rate instanceof Rate.PerSecond limited ? limited.value() : Long.MAX_VALUE);

    Rules {
        all = List.copyOf(all);
    }

    /** Puts each number that a rule says in the place of what the flat keys say. */
    void override(Map<LimitKey, Value> values, Optional<String> container, DiskUse use, Problems problems) {
        var here = all.stream().filter(rule -> rule.appliesTo(container, use)).toList();
        for (var limit : LimitKey.values()) {
            var saying = here.stream()
                    .filter(rule -> rule.numbers().containsKey(limit))
                    .toList();
            if (!saying.isEmpty()) {
                values.put(limit, value(limit, saying, problems));
            }
        }
    }

    /** A disk holds what all volumes on it are allowed: for each the most specific rule, and of these the strictest. */
    private static Value value(LimitKey limit, List<Rule> saying, Problems problems) {
        var winners = saying.stream()
                .map(Rule::place)
                .filter(Place::belongsToContainer)
                .distinct()
                .map(place -> mostSpecific(
                        limit,
                        saying.stream()
                                .filter(rule -> rule.place().equals(place)
                                        || !rule.place().belongsToContainer())
                                .toList(),
                        problems))
                .distinct()
                .collect(Collectors.toCollection(ArrayList::new));
        if (winners.isEmpty()) {
            winners.add(mostSpecific(limit, saying, problems));
        }
        winners.sort(strictestFirst(limit));
        var others = winners.stream().skip(1).map(Rule::origin).collect(Collectors.joining(", "));
        var holds = winners.get(0);
        return new Value(
                holds.numbers().get(limit).rate(),
                others.isEmpty() ? holds.origin() : holds.origin() + ", the strictest on this disk; also " + others);
    }

    private static Rule mostSpecific(LimitKey limit, List<Rule> rules, Problems problems) {
        var most = rules.stream().mapToInt(Rule::specificity).max().orElseThrow();
        var tied = rules.stream()
                .filter(rule -> rule.specificity() == most)
                .sorted(strictestFirst(limit))
                .toList();
        var holds = tied.get(0);
        for (var other : tied) {
            var given = other.numbers().get(limit);
            if (!given.rate().equals(holds.numbers().get(limit).rate())) {
                problems.add(
                        given.key(),
                        given.text(),
                        "no other rule as specific for this disk; " + holds.origin() + " is stricter and holds");
            }
        }
        return holds;
    }

    private static Comparator<Rule> strictestFirst(LimitKey limit) {
        return Comparator.comparing(rule -> rule.numbers().get(limit).rate(), STRICTEST_FIRST);
    }
}
