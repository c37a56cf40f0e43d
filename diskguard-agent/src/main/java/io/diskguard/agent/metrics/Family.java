/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.metrics;

import java.util.List;

/**
 * What is told of a metric. Immutable.
 *
 * @param name without {@code _total}
 * @param labels their names
 */
record Family(Kind kind, String name, String help, List<String> labels) {
    /** What its values are. */
    enum Kind {
        COUNTER,
        GAUGE,
        HISTOGRAM
    }

    Family {
        labels = List.copyOf(labels);
    }

    static Family counter(String name, String help, String... labels) {
        return new Family(Kind.COUNTER, name, help, List.of(labels));
    }

    static Family gauge(String name, String help, String... labels) {
        return new Family(Kind.GAUGE, name, help, List.of(labels));
    }

    /** In seconds. */
    static Family histogram(String name, String help) {
        return new Family(Kind.HISTOGRAM, name, help, List.of());
    }

    /** As it is exposed. */
    String fullName() {
        return kind == Kind.COUNTER ? name + "_total" : name;
    }
}
