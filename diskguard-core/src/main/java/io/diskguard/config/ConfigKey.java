/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.config;

import java.util.Locale;
import java.util.Optional;

/** One configuration key. Immutable. */
public final class ConfigKey<T> {
    private final String name;
    private final ValueType<T> type;
    private final Optional<String> defaultText;
    private final String unit;
    private final String meaning;
    private final boolean live;
    private final boolean secret;

    private ConfigKey(
            String name,
            ValueType<T> type,
            Optional<String> defaultText,
            String unit,
            String meaning,
            boolean live,
            boolean secret) {
        this.name = name;
        this.type = type;
        this.defaultText = defaultText;
        this.unit = unit;
        this.meaning = meaning;
        this.live = live;
        this.secret = secret;
    }

    /** A key that is live, no secret, and has neither default nor unit. */
    static <T> ConfigKey<T> of(String name, ValueType<T> type, String meaning) {
        return new ConfigKey<>(name, type, Optional.empty(), "", meaning, true, false);
    }

    ConfigKey<T> withDefault(String text) {
        return new ConfigKey<>(name, type, Optional.of(text), unit, meaning, live, secret);
    }

    ConfigKey<T> in(String itsUnit) {
        return new ConfigKey<>(name, type, defaultText, itsUnit, meaning, live, secret);
    }

    /** A change needs a restart. */
    ConfigKey<T> afterRestart() {
        return new ConfigKey<>(name, type, defaultText, unit, meaning, false, secret);
    }

    /** What is no valid value of it may be the secret itself, and is never shown. */
    ConfigKey<T> besideSecret() {
        return new ConfigKey<>(name, type, defaultText, unit, meaning, live, true);
    }

    /** In snake_case, as in the file. */
    public String name() {
        return name;
    }

    /** Its environment variable. */
    public String variable() {
        return name.toUpperCase(Locale.ROOT);
    }

    /** As a user would write it; empty if there is none. */
    public Optional<String> defaultText() {
        return defaultText;
    }

    /** What a number without a unit is in; empty if it has none. */
    public String unit() {
        return unit;
    }

    /** One sentence for the reference. */
    public String meaning() {
        return meaning;
    }

    /** What a valid value is; completes "expected …". */
    public String expected() {
        return type.expected();
    }

    /** Whether a change takes effect without a restart. */
    public boolean isLive() {
        return live;
    }

    /** Whether what stands in its place by mistake may be a secret. */
    public boolean isSecret() {
        return secret;
    }

    /** The value on one line, shortened; {@code ***} where it may be a secret. */
    public String show(Object value) {
        return secret && parse(value) instanceof Parsed.Invalid ? Shown.MASKED : Shown.of(value);
    }

    /** Whether both values mean the same, however they are written: {@code 90s} and 90. */
    public boolean isSame(Object one, Object other) {
        return one.equals(other) || parse(one).equals(parse(other));
    }

    /** Whether an empty text says that it has no value. */
    boolean mayBeAbsent() {
        return defaultText.isEmpty();
    }

    /** Reads a value as a source gives it. */
    Parsed<T> parse(Object value) {
        return type.parse(value);
    }

    @Override
    public String toString() {
        return name;
    }
}
