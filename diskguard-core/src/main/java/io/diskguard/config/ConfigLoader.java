/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.config;

import io.diskguard.spi.ConfigSource;
import io.diskguard.spi.ConfigSource.Problem;
import io.diskguard.spi.ConfigSource.Snapshot;
import io.diskguard.spi.ConfigSource.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** Puts sources together: a later {@link ConfigSource#order()} overrides, and every problem of every source is found. */
public final class ConfigLoader {
    /** A nearest key costs its time, and nobody reads a hundred of them. */
    private static final int MOST_SUGGESTIONS = 50;

    private final ConfigValues values = new ConfigValues();
    private final Findings findings = new Findings(values);
    private int suggestions;

    private ConfigLoader() {}

    /** Reads every source once. A source that throws is a problem like any other. */
    public static ConfigResult load(List<ConfigSource> sources) {
        var loader = new ConfigLoader();
        var byOrder = new TreeMap<Integer, List<Snapshot>>();
        sources.forEach(source -> loader.read(source, byOrder));
        byOrder.values().forEach(equal -> equal.forEach(loader::take));
        return loader.result();
    }

    private void read(ConfigSource source, Map<Integer, List<Snapshot>> byOrder) {
        try {
            var snapshot = Objects.requireNonNull(source.snapshot(), "snapshot");
            byOrder.computeIfAbsent(source.order(), none -> new ArrayList<>()).add(snapshot);
        } catch (RuntimeException | LinkageError failure) {
            var origin = source.getClass().getName();
            findings.add(new Problem("*", "", origin, "a source that can be read; it failed with " + failure));
        }
    }

    private void take(Snapshot snapshot) {
        snapshot.problems().forEach(problem -> {
            findings.add(problem);
            ConfigKeys.find(problem.key()).ifPresent(values::isBad);
        });
        snapshot.values().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(entry -> take(entry.getKey(), entry.getValue()));
    }

    private void take(String name, Value value) {
        var key = ConfigKeys.find(name);
        if (key.isPresent()) {
            take(key.get(), value);
            return;
        }
        var advice = ObsoleteKeys.advice(name);
        if (advice.isPresent()) {
            findings.add(new ConfigWarning(name, value.origin(), "means nothing here: " + advice.get()));
            return;
        }
        suggestions++;
        var expected =
                "a known key" + (suggestions > MOST_SUGGESTIONS ? "" : "; the nearest is " + ConfigKeys.nearest(name));
        findings.add(new Problem(Shown.name(name), Shown.unknown(name, value.value()), value.origin(), expected));
    }

    private <T> void take(ConfigKey<T> key, Value value) {
        if (value.value() instanceof String text && text.isBlank() && key.mayBeAbsent()) {
            values.clear(key).ifPresent(before -> shadowed(key, value, before));
            return;
        }
        var parsed = key.parse(value.value());
        if (parsed instanceof Parsed.Valid<T> valid) {
            values.put(key, value, valid.value()).ifPresent(before -> shadowed(key, value, before));
            return;
        }
        values.isBad(key);
        for (var flaw : ((Parsed.Invalid<T>) parsed).flaws()) {
            var shown = key.isSecret() ? Shown.MASKED : Shown.of(flaw.value());
            findings.add(new Problem(key.name() + flaw.path(), shown, value.origin(), flaw.expected()));
        }
    }

    private void shadowed(ConfigKey<?> key, Value value, Value before) {
        findings.add(new ConfigWarning(
                key.name(),
                value.origin(),
                "shadows " + before.origin() + ", which has no effect: " + key.show(before.value())));
    }

    private ConfigResult result() {
        ConfigAssembly.check(values, findings);
        return findings.problems().isEmpty()
                ? new ConfigResult.Valid(ConfigAssembly.assemble(values), findings.warnings(), effective())
                : new ConfigResult.Invalid(findings.problems());
    }

    private Map<String, Value> effective() {
        var effective = new LinkedHashMap<String, Value>();
        for (var key : ConfigKeys.all()) {
            var general = LimitKeys.general(key).filter(values::isSet);
            if (values.isSet(key)) {
                effective.put(key.name(), values.written(key));
            } else if (general.isPresent()) {
                var value = values.written(general.get());
                effective.put(key.name(), new Value(value.value(), general.get() + " in " + value.origin()));
            } else if (key.defaultText().isPresent() && (key != DiskKeys.MOUNT || DiskKeys.mountHolds(values))) {
                effective.put(key.name(), values.written(key));
            }
        }
        return effective;
    }
}
