/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.metrics;

import java.util.List;

/** A metric with its values now; a histogram's are elsewhere. Immutable. */
record Reading(Family family, List<Point> points) {
    Reading {
        points = List.copyOf(points);
    }

    static Reading of(Family family, double value) {
        return new Reading(family, List.of(new Point(List.of(), value)));
    }

    /** @param labels values of the family's labels */
    record Point(List<String> labels, double value) {
        Point {
            labels = List.copyOf(labels);
        }
    }
}
