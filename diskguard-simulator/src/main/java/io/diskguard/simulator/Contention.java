/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.simulator;

import io.diskguard.model.DeviceId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the disks' capacities leave of an IO in one stretch of time: each gets the same part of what it asks for. An operation
 * takes its part of a second at full capacity, 100 µs where the disk has none, and longer in proportion where more is asked for
 * than the disk can do.
 */
final class Contention {
    private static final double MICROS_OF_ANY_DISK = 100;

    private final BlockDevices devices;
    private final double seconds;
    private final Map<DeviceId, Double> asked = new HashMap<>();

    Contention(BlockDevices devices, double seconds) {
        this.devices = devices;
        this.seconds = seconds;
    }

    void add(List<Layer> layers, Counters io) {
        layers.forEach(layer -> asked.merge(layer.disk(), layer.of(io).operations(), Double::sum));
    }

    /** The part that gets done on all of the layers. */
    double share(List<Layer> layers) {
        return layers.stream()
                .mapToDouble(layer -> 1 / crowding(layer.disk()))
                .min()
                .orElse(0);
    }

    DiskWork work(DeviceId disk, Counters done) {
        var capacity = devices.capacity(disk);
        var service = capacity.isPresent() ? 1e6 / capacity.getAsLong() : MICROS_OF_ANY_DISK;
        var each = service * crowding(disk);
        return new DiskWork(
                done,
                Math.round(done.reads() * each),
                Math.round(done.writes() * each),
                Math.round(Math.min(done.operations() * service, seconds * 1e6)));
    }

    /** How many times what the disk can do is asked for; 1 if it can do all. */
    private double crowding(DeviceId disk) {
        var capacity = devices.capacity(disk);
        return capacity.isPresent() ? Math.max(1, asked.getOrDefault(disk, 0.0) / (capacity.getAsLong() * seconds)) : 1;
    }
}
