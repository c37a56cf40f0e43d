/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.top;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** One line of a screen. Immutable; every character is one column wide. */
record Line(List<Span> spans) {
    /** Nothing. */
    static final Line EMPTY = new Line(List.of());

    Line {
        spans = List.copyOf(spans);
    }

    /** Text of one look. */
    record Span(String text, Ink ink) {}

    static Line of(String text, Ink ink) {
        return new Line(List.of(new Span(text, ink)));
    }

    Line and(String text, Ink ink) {
        var longer = new ArrayList<>(spans);
        longer.add(new Span(text, ink));
        return new Line(longer);
    }

    Line and(Line other) {
        var longer = new ArrayList<>(spans);
        longer.addAll(other.spans);
        return new Line(longer);
    }

    int width() {
        return spans.stream().mapToInt(span -> span.text().length()).sum();
    }

    /** At most so wide. */
    Line cut(int width) {
        var kept = new ArrayList<Span>();
        var left = width;
        for (var span : spans) {
            var text = span.text().substring(0, Math.min(left, span.text().length()));
            left -= text.length();
            kept.add(new Span(text, span.ink()));
        }
        return new Line(kept);
    }

    /** The same, all in one look. */
    Line all(Ink ink) {
        return of(text(), ink);
    }

    /** Without blanks at its end. */
    String text() {
        return spans.stream().map(Span::text).collect(Collectors.joining()).stripTrailing();
    }
}
