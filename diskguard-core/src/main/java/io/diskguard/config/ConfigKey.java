/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.config;

import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * One configuration key. Immutable.
 *
 * @param name snake_case, as in the file; upper case in the environment
 * @param defaultText as a user would write it; empty if there is none
 * @param unit empty if it has none
 * @param meaning one sentence for the reference
 * @param expected what a valid value is, completes "expected …"
 */
public record ConfigKey<T>(
        String name,
        String defaultText,
        String unit,
        String meaning,
        String expected,
        Function<Object, Optional<T>> parser) {
    /** Its environment variable. */
    public String variable() {
        return name.toUpperCase(Locale.ROOT);
    }

    /** Reads a value as a source gives it; empty if it is not valid. */
    public Optional<T> parse(Object value) {
        return parser.apply(value);
    }
}
