/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.node;

import io.diskguard.spi.ConfigSource;
import io.diskguard.spi.Environment;
import io.diskguard.spi.Provider;
import io.diskguard.spi.Support;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** A source of configuration, above a file and below the environment, that says what the test wants and tells of changes. */
final class LiveSource implements ConfigSource {
    private final Map<String, Value> values = new HashMap<>();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    void set(String key, Object value) {
        synchronized (values) {
            values.put(key, new Value(value, toString()));
        }
        tell();
    }

    void unset(String key) {
        synchronized (values) {
            values.remove(key);
        }
        tell();
    }

    void tell() {
        listeners.forEach(Runnable::run);
    }

    @Override
    public int order() {
        return 150;
    }

    @Override
    public Snapshot snapshot() {
        synchronized (values) {
            return new Snapshot(values, List.of());
        }
    }

    @Override
    public void onChange(Runnable changed) {
        listeners.add(changed);
    }

    @Override
    public void close() {
        listeners.clear();
    }

    @Override
    public String toString() {
        return "the test";
    }

    Factory factory() {
        var source = this;
        return new Factory() {
            @Override
            public String name() {
                return "test";
            }

            @Override
            public int priority() {
                return Provider.CUSTOM;
            }

            @Override
            public Support probe(Environment environment) {
                return Support.supported();
            }

            @Override
            public ConfigSource create(Environment environment) {
                return source;
            }
        };
    }
}
