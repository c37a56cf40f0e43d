/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.model;

import java.util.List;
import java.util.Map;

/**
 * A label selector of Kubernetes, read as {@code labels.Parse} of {@code k8s.io/apimachinery/pkg/labels/selector.go}
 * reads it: requirements with commas between them that all must hold; the empty text matches everything.
 *
 * <pre>
 * key = value      key == value     the label is there with that value
 * key != value                      it is not there, or has another value
 * key in (a, b)                     it is there with one of the values
 * key notin (a, b)                  it is not there, or has none of the values
 * key              !key             it is there, it is not there
 * key &gt; 5          key &lt; 5          it is there, and a whole number above or below
 * </pre>
 *
 * <p>Unlike there a NUL is an error, not the end of the selector. Immutable; thread-safe.
 */
public final class LabelSelector {
    private final String text;
    private final List<Requirement> requirements;

    private LabelSelector(String text, List<Requirement> requirements) {
        this.text = text;
        this.requirements = List.copyOf(requirements);
    }

    /** Reads a selector; never throws for what the text is. */
    public static Parsed parse(String text) {
        try {
            return new Parsed.Valid(new LabelSelector(text, new SelectorParser(text).parse()));
        } catch (SelectorSyntaxException e) {
            return new Parsed.Invalid(e.expected(), e.at());
        }
    }

    /** Whether every requirement holds. */
    public boolean matches(Map<String, String> labels) {
        for (var requirement : requirements) {
            if (!requirement.matches(labels)) {
                return false;
            }
        }
        return true;
    }

    /** Whether both were written alike; two that mean the same may differ. */
    @Override
    public boolean equals(Object other) {
        return other instanceof LabelSelector selector && text.equals(selector.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** As it was written. */
    @Override
    public String toString() {
        return text;
    }

    /** What came of reading a selector. */
    public sealed interface Parsed {
        record Valid(LabelSelector selector) implements Parsed {}

        /**
         * It is none.
         *
         * @param expected what should have stood there
         * @param at index of the first character that is wrong; the text's length for its end
         */
        record Invalid(String expected, int at) implements Parsed {}
    }
}
