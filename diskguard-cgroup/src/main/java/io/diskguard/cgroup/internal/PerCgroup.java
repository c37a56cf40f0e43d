/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.cgroup.internal;

import io.diskguard.model.CgroupPath;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * What is worked out once for each cgroup and used on every tick. What is not asked for any more is forgotten after some
 * rounds, so the cgroups that went need not be told. Not thread-safe.
 */
public final class PerCgroup<T> {
    private static final int MOST = 4096;
    private static final int ROUNDS = 2;

    private final Function<CgroupPath, T> make;
    private final Map<CgroupPath, Entry<T>> entries = new HashMap<>();
    private long asked;
    private long lastSweep;

    /** Makes what is missing by the function given. */
    public PerCgroup(Function<CgroupPath, T> make) {
        this.make = make;
    }

    /** The cgroup's. */
    public T get(CgroupPath cgroup) {
        asked++;
        var entry = entries.get(cgroup);
        if (entry == null) {
            tidy();
            entry = new Entry<>(make.apply(cgroup));
            entries.put(cgroup, entry);
        }
        entry.used = asked;
        return entry.value;
    }

    public void forget(CgroupPath cgroup) {
        entries.remove(cgroup);
    }

    public void clear() {
        entries.clear();
    }

    int size() {
        return entries.size();
    }

    /** Only where something is added: what stays the same needs no tidying. */
    private void tidy() {
        if (asked - lastSweep > (long) ROUNDS * entries.size()) {
            var since = lastSweep;
            entries.values().removeIf(entry -> entry.used <= since);
            lastSweep = asked;
        }
        if (entries.size() >= MOST) {
            entries.clear();
        }
    }

    private static final class Entry<T> {
        private final T value;
        private long used;

        Entry(T value) {
            this.value = value;
        }
    }
}
