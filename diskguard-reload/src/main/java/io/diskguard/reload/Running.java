/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.reload;

import io.diskguard.config.ConfigLoader;
import io.diskguard.config.ConfigResult;
import io.diskguard.spi.ConfigSource;
import io.diskguard.spi.ConfigSource.Problem;
import io.diskguard.spi.ConfigSource.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What can run of a new configuration: keys that need a start say what they said. */
final class Running {
    private Running() {}

    /**
     * Validated like any other.
     *
     * @param waiting keys that are to stay as they are in force
     */
    static ConfigResult of(ConfigResult.Valid inForce, ConfigResult.Valid next, List<KeyChange> waiting) {
        if (waiting.isEmpty()) {
            return next;
        }
        var values = said(next.effective());
        var running = said(inForce.effective());
        for (var change : waiting) {
            values.remove(change.key());
            if (running.containsKey(change.key())) {
                values.put(change.key(), running.get(change.key()));
            }
        }
        var result = ConfigLoader.load(List.of(new Fixed(values)));
        return result instanceof ConfigResult.Valid valid
                ? new ConfigResult.Valid(valid.config(), next.warnings(), valid.effective())
                : new ConfigResult.Invalid(problems(((ConfigResult.Invalid) result).problems(), waiting));
    }

    private static Map<String, Value> said(Map<String, Value> effective) {
        var said = new HashMap<>(effective);
        said.entrySet().removeIf(entry -> !Changes.isSaid(entry.getKey(), entry.getValue()));
        return said;
    }

    private static List<Problem> problems(List<Problem> found, List<KeyChange> waiting) {
        var keys = waiting.stream().map(KeyChange::key).collect(Collectors.joining(", "));
        var problems = new ArrayList<Problem>();
        problems.add(new Problem(
                waiting.get(0).key(),
                waiting.get(0).after(),
                waiting.get(0).origin(),
                "a restart: the rest is not valid beside the values that go on until then of " + keys));
        problems.addAll(found);
        return problems;
    }

    /** Says the same whenever it is asked. */
    private record Fixed(Map<String, Value> values) implements ConfigSource {
        @Override
        public int order() {
            return 0;
        }

        @Override
        public Snapshot snapshot() {
            return new Snapshot(values, List.of());
        }

        @Override
        public void onChange(Runnable changed) {}

        @Override
        public void close() {}
    }
}
