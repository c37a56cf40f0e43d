/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.metrics;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** The values of one metric by its labels: at most so many, whatever happens; what is more is only counted. Thread-safe. */
final class Series {
    /** How many of one metric there are at most. */
    static final int MOST = 500;

    private final Family family;
    private final LongAdder dropped;
    private final Map<List<String>, Double> values = new ConcurrentHashMap<>();

    /** @param dropped counts what was too many */
    Series(Family family, LongAdder dropped) {
        this.family = family;
        this.dropped = dropped;
    }

    /** Counts one more. */
    void count(String... labels) {
        add(1, labels);
    }

    /** Counts so many more. */
    void add(double more, String... labels) {
        put(List.of(labels), more, true);
    }

    void set(double value, String... labels) {
        put(List.of(labels), value, false);
    }

    Family family() {
        return family;
    }

    Reading read() {
        return new Reading(
                family,
                values.entrySet().stream()
                        .map(entry -> new Reading.Point(entry.getKey(), entry.getValue()))
                        .toList());
    }

    private void put(List<String> labels, double value, boolean added) {
        if (labels.size() != family.labels().size()) {
            throw new IllegalArgumentException(
                    family.name() + " has the labels " + family.labels() + ", not " + labels);
        }
        if (values.size() >= MOST && !values.containsKey(labels)) {
            dropped.increment();
            return;
        }
        values.merge(labels, value, (before, more) -> added ? before + more : more);
    }
}
