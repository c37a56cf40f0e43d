/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.config;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What came of reading a value. Immutable. */
sealed interface Parsed<T> {
    record Valid<T>(T value) implements Parsed<T> {}

    /** At least one flaw. */
    record Invalid<T>(List<Flaw> flaws) implements Parsed<T> {
        public Invalid {
            flaws = List.copyOf(flaws);
        }
    }

    static <T> Parsed<T> invalid(Object value, String expected) {
        return new Invalid<>(List.of(new Flaw("", value, expected)));
    }

    default Optional<T> toOptional() {
        return this instanceof Valid<T> valid ? Optional.of(valid.value()) : Optional.empty();
    }

    default <R> Parsed<R> map(Function<T, R> change) {
        return this instanceof Valid<T> valid
                ? new Valid<>(change.apply(valid.value()))
                : new Invalid<>(((Invalid<T>) this).flaws());
    }
}
