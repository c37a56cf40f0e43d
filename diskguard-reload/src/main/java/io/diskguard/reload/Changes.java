/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.reload;

import io.diskguard.config.ConfigKey;
import io.diskguard.config.ConfigKeys;
import io.diskguard.spi.ConfigSource.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** In what two configurations differ, by what their values mean; in the order of the reference. Immutable. */
record Changes(List<KeyChange> all) {
    /** The origin of what no source says. */
    static final String DEFAULT = "default";

    private static final Map<String, String> GENERAL = Map.of(
            "container_read_iops_limit", "container_iops_limit",
            "container_write_iops_limit", "container_iops_limit",
            "container_read_bps_limit", "container_bps_limit",
            "container_write_bps_limit", "container_bps_limit");

    Changes {
        all = List.copyOf(all);
    }

    /** Each key as {@link io.diskguard.config.ConfigResult.Valid#effective} has it. */
    static Changes between(Map<String, Value> before, Map<String, Value> after) {
        var all = new ArrayList<KeyChange>();
        for (var key : ConfigKeys.all()) {
            var old = Optional.ofNullable(before.get(key.name()));
            var now = Optional.ofNullable(after.get(key.name()));
            // who changed the key for both directions reads of that one only
            var isTold = isSame(key, old, now)
                    || old.filter(it -> follows(key.name(), it)).isPresent()
                            && now.filter(it -> follows(key.name(), it)).isPresent();
            if (!isTold) {
                all.add(change(key, old, now));
            }
        }
        return new Changes(all);
    }

    /** What can be put in force now. */
    List<KeyChange> live() {
        return all.stream().filter(KeyChange::live).toList();
    }

    /** What needs a start. */
    List<KeyChange> waiting() {
        return all.stream().filter(it -> !it.live()).toList();
    }

    /** All but what waited before with the same value. */
    List<KeyChange> since(List<KeyChange> waitedBefore) {
        return all.stream()
                .filter(it -> it.live()
                        || waitedBefore.stream()
                                .noneMatch(old -> old.key().equals(it.key())
                                        && old.after().equals(it.after())))
                .toList();
    }

    /** Whether the key says this by itself: neither by its default nor by the key for both directions. */
    static boolean isSaid(String name, Value value) {
        var isDefault = value.origin().equals(DEFAULT)
                && ConfigKeys.find(name).flatMap(ConfigKey::defaultText).equals(Optional.of(value.value()));
        return !isDefault && !isByGeneral(name, value);
    }

    private static boolean follows(String name, Value value) {
        return GENERAL.containsKey(name) && !isSaid(name, value);
    }

    private static boolean isByGeneral(String name, Value value) {
        return GENERAL.containsKey(name) && value.origin().startsWith(GENERAL.get(name) + " in ");
    }

    private static boolean isSame(ConfigKey<?> key, Optional<Value> old, Optional<Value> now) {
        return old.isPresent() && now.isPresent()
                ? key.isSame(old.get().value(), now.get().value())
                : old.isEmpty() && now.isEmpty();
    }

    private static KeyChange change(ConfigKey<?> key, Optional<Value> old, Optional<Value> now) {
        var before = old.map(it -> key.show(it.value())).orElse("");
        var after = now.map(it -> key.show(it.value())).orElse("");
        var isTooLong = before.equals(after)
                && old.map(Value::value).orElse("") instanceof List<?>
                && now.map(Value::value).orElse("") instanceof List<?>;
        return new KeyChange(
                key.name(),
                isTooLong ? only(key, old, now) : before,
                isTooLong ? only(key, now, old) : after,
                now.map(Value::origin).orElse(DEFAULT),
                key.isLive());
    }

    /** Of two lists that begin alike what one has and the other has not. */
    private static String only(ConfigKey<?> key, Optional<Value> one, Optional<Value> other) {
        var rest = new ArrayList<>((List<?>) one.orElseThrow().value());
        rest.removeAll((List<?>) other.orElseThrow().value());
        return "…" + key.show(rest);
    }
}
