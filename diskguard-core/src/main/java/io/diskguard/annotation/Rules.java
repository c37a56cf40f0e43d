/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.annotation;

import io.diskguard.annotation.Reading.Value;
import io.diskguard.model.DiskUse;
import io.diskguard.model.LimitKey;
import io.diskguard.model.Rate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The rules of a policy document, and which of them holds where. Immutable. */
record Rules(List<Rule> all) {
    /** Enough for a person; a container may have hundreds of volumes on a disk. */
    private static final int NAMED = 4;

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
        var general = new Best(limit, problems);
        var places = new LinkedHashMap<Place, Best>();
        for (var rule : saying) {
            var best = rule.place().belongsToContainer()
                    ? places.computeIfAbsent(rule.place(), place -> new Best(limit, problems))
                    : general;
            best.add(rule);
        }
        var winners = places.values().stream()
                .sorted(Comparator.comparing(Best::strictest, strictestFirst(limit)))
                .map(place -> place.winner(general))
                .distinct()
                .collect(Collectors.toCollection(ArrayList::new));
        if (winners.isEmpty()) {
            winners.add(general.winner());
        }
        winners.sort(strictestFirst(limit));
        var others = winners.stream().skip(1).limit(NAMED).map(Rule::origin).collect(Collectors.joining(", "))
                + (winners.size() > NAMED + 1 ? " and " + (winners.size() - NAMED - 1) + " more" : "");
        var holds = winners.get(0);
        return new Value(
                holds.numbers().get(limit).rate(),
                others.isEmpty() ? holds.origin() : holds.origin() + ", the strictest on this disk; also " + others);
    }

    /** The most specific rules for one place, or for all. */
    private static final class Best {
        private final LimitKey limit;
        private final Problems problems;
        private final List<Rule> tied = new ArrayList<>();
        private Optional<Rule> strictest = Optional.empty();
        private boolean told;

        Best(LimitKey limit, Problems problems) {
            this.limit = limit;
            this.problems = problems;
        }

        void add(Rule rule) {
            if (!tied.isEmpty() && rule.specificity() > tied.get(0).specificity()) {
                tied.clear();
                strictest = Optional.empty();
            }
            if (tied.isEmpty() || rule.specificity() == tied.get(0).specificity()) {
                tied.add(rule);
                strictest = strictest
                        .filter(before -> strictestFirst(limit).compare(before, rule) <= 0)
                        .or(() -> Optional.of(rule));
            }
        }

        Rule winner() {
            var holds = strictest();
            tell(holds);
            return holds;
        }

        /** The same where those for every place hold, too. */
        Rule winner(Best general) {
            var difference = general.tied.isEmpty()
                    ? 1
                    : tied.get(0).specificity() - general.tied.get(0).specificity();
            if (difference != 0) {
                return difference > 0 ? winner() : general.winner();
            }
            var holds = Stream.of(general.strictest(), strictest())
                    .min(strictestFirst(limit))
                    .orElseThrow();
            tell(holds);
            general.tell(holds);
            return holds;
        }

        private Rule strictest() {
            return strictest.orElseThrow();
        }

        /** Those for every place lose at each of what may be many: it is said of the first, where the strictest holds. */
        private void tell(Rule holds) {
            if (told) {
                return;
            }
            told = true;
            for (var other : tied) {
                var given = other.numbers().get(limit);
                if (!given.rate().equals(holds.numbers().get(limit).rate())) {
                    problems.add(
                            given.key(),
                            given.text(),
                            "no other rule as specific for this disk; " + holds.origin() + " is stricter and holds");
                }
            }
        }
    }

    private static Comparator<Rule> strictestFirst(LimitKey limit) {
        return Comparator.comparing(rule -> rule.numbers().get(limit).rate(), STRICTEST_FIRST);
    }
}
