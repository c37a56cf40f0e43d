/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.config;

import io.diskguard.spi.ConfigSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Environment variables: each key in upper case. Other variables are not looked at. Immutable; thread-safe. */
public final class EnvironmentConfigSource implements ConfigSource {
    /** Above the file. */
    public static final int ORDER = 200;

    private final Map<String, String> variables;

    /** @param variables of this process, see {@link io.diskguard.spi.Environment#variables()} */
    public EnvironmentConfigSource(Map<String, String> variables) {
        this.variables = Map.copyOf(variables);
    }

    @Override
    public int order() {
        return ORDER;
    }

    @Override
    public Snapshot snapshot() {
        var values = new HashMap<String, Value>();
        ConfigKeys.VARIABLES.forEach((variable, key) -> {
            var value = variables.get(variable);
            if (value != null) {
                values.put(key, new Value(value, "environment variable " + variable));
            }
        });
        return new Snapshot(values, List.of());
    }

    /** Never calls back: the environment of a process does not change. */
    @Override
    public void onChange(Runnable changed) {}

    @Override
    public void close() {}
}
