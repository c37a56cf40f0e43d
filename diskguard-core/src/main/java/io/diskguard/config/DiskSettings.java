/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which disks are limited and what they can do. Immutable.
 *
 * @param mounts mount points whose disks are limited
 * @param devices disks that are limited, by kernel name, by-id path or {@code MAJ:MIN}; {@code all} for every disk
 * @param capacity of each disk that has none of its own
 * @param capacities of single disks, by the device as the operator names it
 */
public record DiskSettings(
        List<String> mounts, List<String> devices, DiskCapacity capacity, Map<String, DiskCapacity> capacities) {
    public DiskSettings {
        mounts = List.copyOf(mounts);
        devices = List.copyOf(devices);
        capacities = Collections.unmodifiableMap(new LinkedHashMap<>(capacities));
    }

    /** These settings for other mounts and devices. */
    public DiskSettings of(List<String> newMounts, List<String> newDevices) {
        return new DiskSettings(newMounts, newDevices, capacity, capacities);
    }
}
