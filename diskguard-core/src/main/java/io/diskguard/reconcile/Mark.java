/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.reconcile;

import io.diskguard.model.DeviceId;
import io.diskguard.model.IoLimit;
import io.diskguard.policy.smart.SmartLimit;
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
public record Mark(SortedMap<DeviceId, Entry> entries) {
    /** Nothing is ours. */
    public static final Mark NONE = new Mark(new TreeMap<>());

    public Mark {
        entries = Collections.unmodifiableSortedMap(new TreeMap<>(entries));
    }

    public static Mark of(Map<DeviceId, Entry> entries) {
        return new Mark(new TreeMap<>(entries));
    }

    /** What we set on the disk; empty if nothing. */
    public Optional<Entry> get(DeviceId device) {
        return Optional.ofNullable(entries.get(device));
    }

    /** This mark with one disk's entry replaced. */
    public Mark with(DeviceId device, Entry entry) {
        var copy = new TreeMap<>(entries);
        copy.put(device, entry);
        return new Mark(copy);
    }

    /** This mark without the disk. */
    public Mark without(DeviceId device) {
        var copy = new TreeMap<>(entries);
        copy.remove(device);
        return new Mark(copy);
    }

    public boolean isEmpty() {
        return entries.isEmpty();
    }

    /**
     * What we set on one disk.
     *
     * @param origin where the numbers come from
     * @param smart the smart limit that went into it, if one did
     * @param at when
     */
    public record Entry(IoLimit limit, String origin, Optional<SmartLimit> smart, Instant at) {}
}
