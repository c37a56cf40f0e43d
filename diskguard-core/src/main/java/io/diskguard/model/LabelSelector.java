/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.model;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * A label selector of Kubernetes ({@code k8s.io/apimachinery/pkg/labels/selector.go}): requirements that all must hold.
 * Immutable.
 */
public final class LabelSelector {
    private static final Pattern EQUALITY = Pattern.compile("\\s*([^\\s!=,()<>]+)\\s*==?\\s*([^\\s!=,()<>]*)\\s*");

    private final String text;
    private final List<Predicate<Map<String, String>>> requirements;

    private LabelSelector(String text, List<Predicate<Map<String, String>>> requirements) {
        this.text = text;
        this.requirements = List.copyOf(requirements);
    }

    /** Reads a selector; never throws for what the text is. */
    public static Parsed parse(String text) {
        var matcher = EQUALITY.matcher(text);
        return matcher.matches()
                ? new Parsed.Valid(new LabelSelector(text, List.of(labels -> Set.of(matcher.group(2))
                        .contains(labels.getOrDefault(matcher.group(1), "")))))
                : new Parsed.Invalid("key = value", 0);
    }

    /** Whether every requirement holds. */
    public boolean matches(Map<String, String> labels) {
        return requirements.stream().allMatch(requirement -> requirement.test(labels));
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
