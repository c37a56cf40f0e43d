/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.spi;

import java.util.List;
import java.util.Map;

/** Gives configuration values by key; sources form a chain in which a later one overrides. Thread-safe. */
public interface ConfigSource extends AutoCloseable {
    /** Higher overrides lower. */
    int order();

    Snapshot snapshot();

    /** Calls back, on any thread, whenever {@link #snapshot} may give something else. The callback must not block. */
    void onChange(Runnable changed);

    @Override
    void close();

    /** A value as written and where: {@code /etc/diskguard/config.yaml}, {@code environment variable DATA_MOUNT}. */
    record Value(Object value, String origin) {}

    /** Something that kept a source, or one key of it, from being read. */
    record Problem(String key, String value, String origin, String expected) {}

    /**
     * What a source says now.
     *
     * @param values by snake_case key; a value is a String, Number, Boolean, List or Map
     */
    record Snapshot(Map<String, Value> values, List<Problem> problems) {
        public Snapshot {
            values = Map.copyOf(values);
            problems = List.copyOf(problems);
        }
    }

    /** Makes a {@link ConfigSource}; all that are supported are used. */
    interface Factory extends Provider<ConfigSource> {}
}
