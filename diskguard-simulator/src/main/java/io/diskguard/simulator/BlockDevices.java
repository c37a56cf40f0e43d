/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.simulator;

import io.diskguard.model.DeviceId;
import java.util.HashSet;
import java.util.Set;

/** The block devices that the simulated kernel knows. Guarded by the file system's lock. */
final class BlockDevices {
    private final Set<DeviceId> disks = new HashSet<>();
    private final Set<DeviceId> partitions = new HashSet<>();

    void addDisk(DeviceId device) {
        partitions.remove(device);
        disks.add(device);
    }

    void addPartition(DeviceId device) {
        disks.remove(device);
        partitions.add(device);
    }

    void remove(DeviceId device) {
        disks.remove(device);
        partitions.remove(device);
    }

    /** Only a whole disk has a queue to throttle ({@code blkg_conf_open_bdev}). */
    boolean hasQueue(DeviceId device) {
        return disks.contains(device);
    }
}
