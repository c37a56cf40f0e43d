/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.reconcile;

import io.diskguard.model.DeviceId;
import io.diskguard.model.IoLimit;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Which limits of one cgroup are ours: set before the limit itself, so that nothing of ours is ever without one.
 * Immutable.
 */
record Mark(SortedMap<DeviceId, Entry> entries) {
    static final Mark NONE = new Mark(new TreeMap<>());

    Mark {
        entries = Collections.unmodifiableSortedMap(new TreeMap<>(entries));
    }

    static Mark of(Map<DeviceId, Entry> entries) {
        return new Mark(new TreeMap<>(entries));
    }

    Optional<Entry> get(DeviceId device) {
        return Optional.ofNullable(entries.get(device));
    }

    Mark with(DeviceId device, Entry entry) {
        var copy = new TreeMap<>(entries);
        copy.put(device, entry);
        return new Mark(copy);
    }

    Mark without(DeviceId device) {
        var copy = new TreeMap<>(entries);
        copy.remove(device);
        return new Mark(copy);
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    /**
     * What we set on one disk.
     *
     * @param origin where the numbers come from
     * @param window the smart window that triggered, if one did
     * @param at when
     */
    record Entry(IoLimit limit, String origin, Optional<String> window, Instant at) {}
}
