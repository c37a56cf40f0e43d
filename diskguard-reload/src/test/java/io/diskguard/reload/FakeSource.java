/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.reload;

import io.diskguard.spi.ConfigSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A file without a file: a key a line, in the order in which it was set. */
final class FakeSource implements ConfigSource {
    private final String name;
    private final int order;
    private final List<Runnable> callbacks = new ArrayList<>();
    private volatile Map<String, Value> values = Map.of();
    private volatile List<Problem> problems = List.of();
    private volatile Runnable beforeReading = () -> {};

    FakeSource(String name, int order) {
        this.name = name;
        this.order = order;
    }

    /** Says this and nothing else from now on; nobody is told yet. */
    FakeSource says(Map<String, ?> keys) {
        return saysAt(1, keys);
    }

    /** The same further down the file. */
    FakeSource saysAt(int line, Map<String, ?> keys) {
        var next = new HashMap<String, Value>();
        keys.forEach((key, value) -> next.put(key, new Value(value, name + " line " + line)));
        values = next;
        problems = List.of();
        beforeReading = () -> {};
        return this;
    }

    /** Says what another source says now. */
    void fillFrom(ConfigSource other) {
        var snapshot = other.snapshot();
        values = snapshot.values();
        problems = snapshot.problems();
    }

    void cannotBeRead(List<Problem> why) {
        values = Map.of();
        problems = why;
    }

    void beforeReading(Runnable what) {
        beforeReading = what;
    }

    void tell() {
        callbacks.forEach(Runnable::run);
    }

    @Override
    public int order() {
        return order;
    }

    @Override
    public Snapshot snapshot() {
        beforeReading.run();
        return new Snapshot(values, problems);
    }

    @Override
    public void onChange(Runnable changed) {
        callbacks.add(changed);
    }

    @Override
    public void close() {}

    @Override
    public String toString() {
        return name;
    }
}
