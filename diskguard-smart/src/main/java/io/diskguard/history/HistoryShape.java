/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.history;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * How far back and how finely a history goes: each window is remembered in sixty steps, or in steps of the interval where
 * that is longer. So a history's size depends on the number of windows, never on how short the interval is. Immutable.
 *
 * @param interval between two samples
 * @param spans those with the finest steps first
 */
public record HistoryShape(Duration interval, List<Span> spans) {
    private static final int STEPS = 60;

    public HistoryShape {
        spans = List.copyOf(spans);
    }

    /**
     * For rates over these windows.
     *
     * @param interval between two samples
     * @throws IllegalArgumentException if there is no window
     */
    public static HistoryShape of(Collection<Duration> windows, Duration interval) {
        if (windows.isEmpty()) {
            throw new IllegalArgumentException("no window");
        }
        var spans = new ArrayList<Span>();
        for (var window : windows.stream().sorted(Comparator.reverseOrder()).toList()) {
            var rounds = Math.max(1, (window.toMillis() - 1) / STEPS / interval.toMillis() + 1);
            var resolution = interval.multipliedBy(rounds);
            // A longer window with the same steps serves the shorter one too
            if (spans.stream().noneMatch(span -> span.resolution().equals(resolution))) {
                spans.add(new Span(window, resolution));
            }
        }
        spans.sort(Comparator.comparing(Span::resolution));
        return new HistoryShape(interval, spans);
    }

    /** The longest time that it looks back over. */
    public Duration longest() {
        return spans.stream().map(Span::length).max(Comparator.naturalOrder()).orElseThrow();
    }

    /**
     * A stretch of time and the steps in which it is remembered.
     *
     * @param resolution at least a millisecond
     */
    public record Span(Duration length, Duration resolution) {
        /** @throws IllegalArgumentException if the length is not positive, longer than 24 days, or a step too short */
        public Span {
            if (length.isNegative()
                    || length.isZero()
                    || length.compareTo(Duration.ofDays(24)) > 0
                    || resolution.toMillis() < 1) {
                throw new IllegalArgumentException("not a span: " + length + " in steps of " + resolution);
            }
        }
    }
}
