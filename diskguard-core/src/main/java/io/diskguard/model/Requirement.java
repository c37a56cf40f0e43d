/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.model;

import java.util.Map;
import java.util.OptionalLong;
import java.util.function.LongPredicate;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * One condition of a label selector. Immutable.
 *
 * @param ifAbsent whether it holds for a label that is absent
 * @param ifPresent whether it holds for the value of one that is there
 */
record Requirement(String key, boolean ifAbsent, Predicate<String> ifPresent) {
    private static final Pattern INTEGER = Pattern.compile("[+-]?[0-9]+");

    static Requirement onNumber(String key, LongPredicate holds) {
        return new Requirement(key, false, value -> {
            var number = integer(value);
            return number.isPresent() && holds.test(number.getAsLong());
        });
    }

    boolean matches(Map<String, String> labels) {
        var value = labels.get(key);
        return value == null ? ifAbsent : ifPresent.test(value);
    }

    /** A whole number of 64 bits in ASCII digits, as Go's {@code strconv.ParseInt(text, 10, 64)} reads it. */
    static OptionalLong integer(String text) {
        try {
            return INTEGER.matcher(text).matches() ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
        } catch (NumberFormatException overflow) {
            return OptionalLong.empty();
        }
    }
}
