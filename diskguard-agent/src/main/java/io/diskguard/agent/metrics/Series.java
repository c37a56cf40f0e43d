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

    /**
     * What is told of a metric.
     *
     * @param name without {@code _total}
     * @param labels their names
     */
    record Family(boolean counter, String name, String help, List<String> labels) {
        Family {
            labels = List.copyOf(labels);
        }

        static Family counter(String name, String help, String... labels) {
            return new Family(true, name, help, List.of(labels));
        }

        static Family gauge(String name, String help, String... labels) {
            return new Family(false, name, help, List.of(labels));
        }
    }

    /** A metric with its values now. Immutable. */
    record Reading(Family family, Map<List<String>, Double> values) {
        Reading {
            values = Map.copyOf(values);
        }

        static Reading of(Family family, double value) {
            return new Reading(family, Map.of(List.of(), value));
        }
    }

    /** Counts one more. */
    void count(String... labels) {
        put(List.of(labels), 1, true);
    }

    void set(double value, String... labels) {
        put(List.of(labels), value, false);
    }

    /** Leaves only these, each with this value. */
    void replace(Map<List<String>, Double> with) {
        values.keySet().retainAll(with.keySet());
        with.forEach((labels, value) -> put(labels, value, false));
    }

    Reading read() {
        return new Reading(family, values);
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
