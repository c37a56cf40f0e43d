/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.policy.smart;

import io.diskguard.model.ContainerKey;
import io.diskguard.model.DeviceId;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The smart limits in force at one moment, by container and disk. Immutable. */
public record SmartLimits(SortedMap<ContainerKey, SortedMap<DeviceId, SmartLimit>> byContainer) {
    /** There are none. */
    public static final SmartLimits NONE = new SmartLimits(new TreeMap<>());

    public SmartLimits {
        var copy = new TreeMap<ContainerKey, SortedMap<DeviceId, SmartLimit>>();
        byContainer.forEach((container, disks) -> {
            if (!disks.isEmpty()) {
                copy.put(container, Collections.unmodifiableSortedMap(new TreeMap<>(disks)));
            }
        });
        byContainer = Collections.unmodifiableSortedMap(copy);
    }

    /** The container's on the disk; empty if there is none. */
    public Optional<SmartLimit> of(ContainerKey container, DeviceId disk) {
        return Optional.ofNullable(of(container).get(disk));
    }

    /** The container's, by disk. */
    public Map<DeviceId, SmartLimit> of(ContainerKey container) {
        return byContainer.getOrDefault(container, Collections.emptySortedMap());
    }

    /** The pod's, by container name. */
    public SortedMap<String, SortedMap<DeviceId, SmartLimit>> ofPod(String uid) {
        var names = new TreeMap<String, SortedMap<DeviceId, SmartLimit>>();

        for (var entry : byContainer.tailMap(new ContainerKey(uid, "\u0000")).entrySet()) {
            if (!entry.getKey().podUid().equals(uid)) {
                break;
            }
            names.put(entry.getKey().name(), entry.getValue());
        }
        return names;
    }

    public boolean isEmpty() {
        return byContainer.isEmpty();
    }
}
