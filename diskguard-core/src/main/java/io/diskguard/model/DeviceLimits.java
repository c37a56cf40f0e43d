/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.model;

import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The limits of one cgroup, by disk; a disk that is not in it has none. Immutable, sorted by device number.
 *
 * @param byDevice never holds {@link IoLimit#UNLIMITED}: such entries are dropped, as the kernel drops their line
 */
public record DeviceLimits(SortedMap<DeviceId, IoLimit> byDevice) {
    /** No disk is limited. */
    public static final DeviceLimits NONE = new DeviceLimits(new TreeMap<>());

    public DeviceLimits {
        var copy = new TreeMap<>(byDevice);
        copy.values().removeIf(IoLimit::isUnlimited);
        byDevice = Collections.unmodifiableSortedMap(copy);
    }

    public static DeviceLimits of(Map<DeviceId, IoLimit> byDevice) {
        return new DeviceLimits(new TreeMap<>(byDevice));
    }

    /** The disk's limit, {@link IoLimit#UNLIMITED} where it has none. */
    public IoLimit get(DeviceId device) {
        return byDevice.getOrDefault(device, IoLimit.UNLIMITED);
    }

    /** These limits with one disk's replaced. */
    public DeviceLimits with(DeviceId device, IoLimit limit) {
        var copy = new TreeMap<>(byDevice);
        copy.put(device, limit);
        return new DeviceLimits(copy);
    }

    public Set<DeviceId> devices() {
        return byDevice.keySet();
    }

    public boolean isEmpty() {
        return byDevice.isEmpty();
    }
}
