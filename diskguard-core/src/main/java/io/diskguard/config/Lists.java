/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Lists: from the file as they are, from text with commas between the elements, or as JSON. */
final class Lists {
    private Lists() {}

    /** Each element once, in the order given. */
    static <T> Parsed<List<T>> parse(Object value, ValueType<T> element, String expected, boolean mayBeEmpty) {
        return all(value, element, expected, mayBeEmpty)
                .map(values -> values.stream().distinct().toList());
    }

    private static <T> Parsed<List<T>> all(Object value, ValueType<T> element, String expected, boolean mayBeEmpty) {
        var elements = elements(value);
        if (elements.isEmpty() || elements.get().isEmpty() && !mayBeEmpty) {
            return Parsed.invalid(value, expected);
        }
        var values = new ArrayList<T>();
        var flaws = new ArrayList<Flaw>();
        for (var i = 0; i < elements.get().size() && flaws.size() < Flaw.MOST; i++) {
            var parsed = element.parse(elements.get().get(i));
            if (parsed instanceof Parsed.Valid<T> valid) {
                values.add(valid.value());
            } else {
                for (var flaw : ((Parsed.Invalid<T>) parsed).flaws()) {
                    flaws.add(new Flaw("[" + i + "]" + flaw.path(), flaw.value(), flaw.expected()));
                }
            }
        }
        return flaws.isEmpty() ? new Parsed.Valid<>(List.copyOf(values)) : new Parsed.Invalid<>(flaws);
    }

    /** As it is, or as JSON in a text; never with commas. Every element counts. */
    static <T> Parsed<List<T>> parseJson(Object value, ValueType<T> element, String expected) {
        var elements = value instanceof String text ? Documents.json(text) : value;
        return elements instanceof List<?> list
                ? all(list, element, expected, false)
                : Parsed.invalid(value, expected + ", in an environment variable as JSON");
    }

    private static Optional<List<?>> elements(Object value) {
        if (value instanceof List<?> list) {
            return Optional.of(list);
        }
        if (value instanceof String text) {
            // an expression such as [a-z] begins like JSON and is none
            return text.strip().startsWith("[") && Documents.json(text) instanceof List<?> list
                    ? Optional.of(list)
                    : Optional.of(text.isBlank() ? List.of() : List.of(text.split(",", -1)));
        }
        return value instanceof Number || value instanceof Boolean ? Optional.of(List.of(value)) : Optional.empty();
    }
}
