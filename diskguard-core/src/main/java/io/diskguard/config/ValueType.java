/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.config;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What values a key takes. Immutable.
 *
 * @param expected completes "expected …"
 * @param parser from a value as a source gives it; any value, and never throws
 */
record ValueType<T>(String expected, Function<Object, Parsed<T>> parser) {
    /** A type that is written as one text, number or boolean. */
    static <T> ValueType<T> scalar(String expected, Function<String, Optional<T>> parser) {
        return new ValueType<>(expected, value -> Scalars.text(value)
                .flatMap(parser)
                .<Parsed<T>>map(Parsed.Valid::new)
                .orElseGet(() -> Parsed.invalid(value, expected)));
    }

    Parsed<T> parse(Object value) {
        return parser.apply(value);
    }

    <R> ValueType<R> map(Function<T, R> change) {
        return new ValueType<>(expected, value -> parser.apply(value).map(change));
    }

    /** A list of these; from text with commas too, or a JSON list as text. */
    ValueType<List<T>> list(String listExpected, boolean mayBeEmpty) {
        return new ValueType<>(listExpected, value -> Lists.parse(value, this, listExpected, mayBeEmpty));
    }
}
