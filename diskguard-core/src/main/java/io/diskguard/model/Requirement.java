/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.model;

import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;

/** One condition of a label selector. Immutable. */
sealed interface Requirement {
    boolean matches(Map<String, String> labels);

    record Exists(String key) implements Requirement {
        @Override
        public boolean matches(Map<String, String> labels) {
            return labels.containsKey(key);
        }
    }

    record Absent(String key) implements Requirement {
        @Override
        public boolean matches(Map<String, String> labels) {
            return !labels.containsKey(key);
        }
    }

    record In(String key, Set<String> values) implements Requirement {
        public In {
            values = Set.copyOf(values);
        }

        @Override
        public boolean matches(Map<String, String> labels) {
            var value = labels.get(key);
            return value != null && values.contains(value);
        }
    }

    /** Holds for a label that is absent, too. */
    record NotIn(String key, Set<String> values) implements Requirement {
        public NotIn {
            values = Set.copyOf(values);
        }

        @Override
        public boolean matches(Map<String, String> labels) {
            var value = labels.get(key);
            return value == null || !values.contains(value);
        }
    }

    record Above(String key, long bound) implements Requirement {
        @Override
        public boolean matches(Map<String, String> labels) {
            var number = integer(labels.getOrDefault(key, ""));
            return number.isPresent() && number.getAsLong() > bound;
        }
    }

    record Below(String key, long bound) implements Requirement {
        @Override
        public boolean matches(Map<String, String> labels) {
            var number = integer(labels.getOrDefault(key, ""));
            return number.isPresent() && number.getAsLong() < bound;
        }
    }

    /** A whole number of 64 bits in ASCII digits, as Go's {@code strconv.ParseInt(text, 10, 64)} reads it. */
    static OptionalLong integer(String text) {
        try {
            return Integers.TEXT.matcher(text).matches() ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
        } catch (NumberFormatException overflow) {
            return OptionalLong.empty();
        }
    }

    /** Holds the expression, which would be public in the interface. */
    final class Integers {
        private static final Pattern TEXT = Pattern.compile("[+-]?[0-9]+");

        private Integers() {}
    }
}
