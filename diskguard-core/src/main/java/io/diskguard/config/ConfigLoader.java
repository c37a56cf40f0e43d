/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.config;

import io.diskguard.model.IoLimit;
import io.diskguard.model.Rate;
import io.diskguard.spi.ConfigSource;
import io.diskguard.spi.ConfigSource.Problem;
import io.diskguard.spi.ConfigSource.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Puts sources together: a later {@link ConfigSource#order()} overrides, and every problem of every source is found. */
public final class ConfigLoader {
    private static final String DEFAULT = "default";

    private final List<Problem> problems = new ArrayList<>();
    private final Map<ConfigKey<?>, Object> parsed = new LinkedHashMap<>();
    private final Map<String, Value> set = new LinkedHashMap<>();

    private ConfigLoader() {}

    /** Reads every source once. A source that throws is a problem like any other. */
    public static ConfigResult load(List<ConfigSource> sources) {
        var loader = new ConfigLoader();
        var inOrder = new ArrayList<>(sources);
        inOrder.sort(Comparator.comparingInt(ConfigSource::order));
        inOrder.forEach(loader::read);
        return loader.problems.isEmpty() ? loader.valid() : new ConfigResult.Invalid(loader.problems);
    }

    private void read(ConfigSource source) {
        try {
            var snapshot = source.snapshot();
            problems.addAll(snapshot.problems());
            snapshot.values().entrySet().stream()
                    .sorted(Map.Entry.comparingByKey())
                    .forEach(entry -> take(entry.getKey(), entry.getValue()));
        } catch (RuntimeException | LinkageError failure) {
            var origin = source.getClass().getName();
            problems.add(new Problem("*", "", origin, "a source that can be read; it failed with " + failure));
        }
    }

    private void take(String name, Value value) {
        var key = ConfigKeys.find(name);
        if (key.isEmpty()) {
            var expected =
                    "a known key; the nearest is " + ConfigKeys.nearest(name).name();
            problems.add(new Problem(name, String.valueOf(value.value()), value.origin(), expected));
            return;
        }
        var result = key.get().parse(value.value());
        if (result.isEmpty()) {
            problems.add(new Problem(
                    name,
                    String.valueOf(value.value()),
                    value.origin(),
                    key.get().expected()));
            return;
        }
        parsed.put(key.get(), result.get());
        set.put(name, value);
    }

    private ConfigResult valid() {
        var disksAreSet =
                set.containsKey(ConfigKeys.DATA_MOUNTS.name()) || set.containsKey(ConfigKeys.DATA_DEVICES.name());
        var mounts = new LinkedHashSet<String>();
        if (set.containsKey(ConfigKeys.DATA_MOUNT.name()) || !disksAreSet) {
            mounts.add(get(ConfigKeys.DATA_MOUNT));
        }
        mounts.addAll(list(ConfigKeys.DATA_MOUNTS));
        var config = GuardConfig.builder()
                .defaultLimit(new IoLimit(
                        rate(ConfigKeys.CONTAINER_READ_IOPS),
                        rate(ConfigKeys.CONTAINER_WRITE_IOPS),
                        rate(ConfigKeys.CONTAINER_READ_BPS),
                        rate(ConfigKeys.CONTAINER_WRITE_BPS)))
                .ceiling(new IoLimit(
                        rate(ConfigKeys.MAX_IOPS),
                        rate(ConfigKeys.MAX_IOPS),
                        rate(ConfigKeys.MAX_BPS),
                        rate(ConfigKeys.MAX_BPS)))
                .annotationPrefix(get(ConfigKeys.ANNOTATION_PREFIX))
                .mounts(mounts.toArray(String[]::new))
                .devices(list(ConfigKeys.DATA_DEVICES).toArray(String[]::new))
                .checkInterval(get(ConfigKeys.CHECK_INTERVAL))
                .stateDir(get(ConfigKeys.STATE_DIR))
                .cgroupVersion(get(ConfigKeys.CGROUP_VERSION))
                .onShutdown(get(ConfigKeys.ON_SHUTDOWN))
                .build();
        return new ConfigResult.Valid(config, List.of(), effective(disksAreSet));
    }

    private Map<String, Value> effective(boolean disksAreSet) {
        var effective = new LinkedHashMap<String, Value>();
        for (var key : ConfigKeys.all()) {
            var mine = set.get(key.name());
            var general = general(key).map(ConfigKey::name).filter(set::containsKey);
            if (mine != null) {
                effective.put(key.name(), mine);
            } else if (general.isPresent()) {
                var value = set.get(general.get());
                effective.put(key.name(), new Value(value.value(), general.get() + " in " + value.origin()));
            } else if (!key.defaultText().isEmpty() && !(key == ConfigKeys.DATA_MOUNT && disksAreSet)) {
                effective.put(key.name(), new Value(key.defaultText(), DEFAULT));
            }
        }
        return effective;
    }

    private static Optional<ConfigKey<Long>> general(ConfigKey<?> key) {
        if (key == ConfigKeys.CONTAINER_READ_IOPS || key == ConfigKeys.CONTAINER_WRITE_IOPS) {
            return Optional.of(ConfigKeys.CONTAINER_IOPS);
        }
        return key == ConfigKeys.CONTAINER_READ_BPS || key == ConfigKeys.CONTAINER_WRITE_BPS
                ? Optional.of(ConfigKeys.CONTAINER_BPS)
                : Optional.empty();
    }

    /** A number whose general key holds where no source sets the specific one. */
    private Rate rate(ConfigKey<Long> specific) {
        var general = general(specific).filter(key -> set.containsKey(key.name()));
        return Rate.ofZeroIsUnlimited(get(set.containsKey(specific.name()) ? specific : general.orElse(specific)));
    }

    private List<String> list(ConfigKey<List<String>> key) {
        return set.containsKey(key.name()) ? get(key) : List.of();
    }

    /** What was parsed for the key, else its default. */
    @SuppressWarnings("unchecked") // parsed holds under each key what that key's parser gave
    private <T> T get(ConfigKey<T> key) {
        var value = parsed.get(key);
        return value == null ? key.parse(key.defaultText()).orElseThrow() : (T) value;
    }
}
