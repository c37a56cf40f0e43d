/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.config;

import io.diskguard.spi.ConfigSource.Value;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the sources say of each key. Not thread-safe. */
final class ConfigValues {
    static final String DEFAULT = "default";

    private final Map<ConfigKey<?>, Value> set = new HashMap<>();
    private final Map<ConfigKey<?>, Object> parsed = new HashMap<>();
    private final Set<ConfigKey<?>> bad = new HashSet<>();

    /** A later source overrides: what was said before. */
    <T> Optional<Value> put(ConfigKey<T> key, Value value, T itsMeaning) {
        parsed.put(key, itsMeaning);
        return Optional.ofNullable(set.put(key, value));
    }

    /** A later source says that a key without a default has no value. */
    Optional<Value> clear(ConfigKey<?> key) {
        parsed.remove(key);
        return Optional.ofNullable(set.remove(key));
    }

    /** Some source has a value of this key that is not valid. */
    void isBad(ConfigKey<?> key) {
        bad.add(key);
    }

    boolean areGood(ConfigKey<?>... keys) {
        return Set.of(keys).stream().noneMatch(bad::contains);
    }

    boolean isSet(ConfigKey<?> key) {
        return set.containsKey(key);
    }

    /** Every key that a source sets, in the order of the reference. */
    Map<ConfigKey<?>, Value> set() {
        var inOrder = new LinkedHashMap<ConfigKey<?>, Value>();
        ConfigKeys.all().stream().filter(this::isSet).forEach(key -> inOrder.put(key, written(key)));
        return inOrder;
    }

    /** As it was written, and where; the default where no source says it. */
    Value written(ConfigKey<?> key) {
        var value = set.get(key);
        return value == null ? new Value(key.defaultText().orElse(""), DEFAULT) : value;
    }

    /** What was parsed for the key, else its default, else nothing. */
    @SuppressWarnings("unchecked") // parsed holds under each key what that key's parser gave
    <T> Optional<T> find(ConfigKey<T> key) {
        return parsed.containsKey(key)
                ? Optional.of((T) parsed.get(key))
                : key.defaultText().flatMap(text -> key.parse(text).toOptional());
    }

    /** The value of a key that has a default. */
    <T> T get(ConfigKey<T> key) {
        return find(key).orElseThrow(() -> new IllegalStateException(key + " has no valid default"));
    }
}
