/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.reconcile;

import io.diskguard.config.DiskCapacity;
import io.diskguard.config.DiskSettings;
import io.diskguard.device.DeviceResolver;
import io.diskguard.device.DiskResolution;
import io.diskguard.model.DeviceId;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;

/** What each disk can do, as the operator says it; the disks that are named are looked up at each resync. */
public final class Capacities {
    private final DiskSettings settings;
    private final Map<DeviceId, DiskCapacity> own = new HashMap<>();

    public Capacities(DiskSettings settings) {
        this.settings = settings;
    }

    /** Looks up the disks that have a capacity of their own. */
    public void refresh(DeviceResolver resolver) {
        settings.capacities().forEach((named, capacity) -> {
            if (resolver.ofDevice(named) instanceof DiskResolution.Found found) {
                found.disks().forEach(disk -> own.put(disk.id(), capacity));
            }
        });
    }

    /** The disk's own, number by number, else that of every disk. */
    public DiskCapacity of(DeviceId disk) {
        var usual = settings.capacity();
        var mine = own.getOrDefault(disk, usual);
        return new DiskCapacity(or(mine.iops(), usual.iops()), or(mine.bps(), usual.bps()));
    }

    private static OptionalLong or(OptionalLong own, OptionalLong usual) {
        return own.isPresent() ? own : usual;
    }
}
