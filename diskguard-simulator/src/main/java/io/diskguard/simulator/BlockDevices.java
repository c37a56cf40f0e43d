/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.simulator;

import io.diskguard.model.DeviceId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/** The block devices that the simulated kernel knows, and all that was done on each. Guarded by the file system's lock. */
final class BlockDevices {
    private final SortedMap<DeviceId, Stack> disks = new TreeMap<>();
    private final Map<DeviceId, Optional<DeviceId>> partitions = new HashMap<>();
    private final Map<DeviceId, DiskWork> done = new HashMap<>();
    private final Map<DeviceId, Long> capacities = new HashMap<>();

    void addDisk(DeviceId device, Spread spread, List<DeviceId> below) {
        partitions.remove(device);
        disks.put(device, new Stack(spread, List.copyOf(below)));
    }

    /** @param disk that it is on, where that is known: the one that its IO is counted on */
    void addPartition(DeviceId device, Optional<DeviceId> disk) {
        disks.remove(device);
        partitions.put(device, disk);
    }

    void remove(DeviceId device) {
        disks.remove(device);
        partitions.remove(device);
        done.remove(device);
        capacities.remove(device);
    }

    /** Only a whole disk has a queue to throttle ({@code blkg_conf_open_bdev}). */
    boolean hasQueue(DeviceId device) {
        return disks.containsKey(device);
    }

    /** Every disk that an IO on this device or partition passes, the topmost first; none if it is not there. */
    List<Layer> layers(DeviceId device) {
        var layers = new ArrayList<Layer>();
        descend(new Layer(device, 1, 1), layers);
        return layers;
    }

    private void descend(Layer at, List<Layer> layers) {
        var disk = partitions.getOrDefault(at.disk(), Optional.of(at.disk()));
        var stack = disk.map(disks::get);
        if (stack.isEmpty()) {
            return;
        }
        layers.add(new Layer(disk.get(), at.reads(), at.writes()));
        var below = stack.get().below();
        switch (stack.get().spread()) {
            case LINEAR ->
                below.stream().limit(1).forEach(each -> descend(new Layer(each, at.reads(), at.writes()), layers));
            case STRIPED ->
                below.forEach(each ->
                        descend(new Layer(each, at.reads() / below.size(), at.writes() / below.size()), layers));
            case MIRRORED ->
                below.forEach(each ->
                        descend(new Layer(each, each.equals(below.get(0)) ? at.reads() : 0, at.writes()), layers));
        }
    }

    boolean isPartition(DeviceId device) {
        return partitions.containsKey(device);
    }

    /** How many operations a second the disk can do at most. */
    void setCapacity(DeviceId disk, long operations) {
        capacities.put(disk, operations);
    }

    /** Operations a second; empty if there is no end to it. */
    OptionalLong capacity(DeviceId disk) {
        return capacities.containsKey(disk) ? OptionalLong.of(capacities.get(disk)) : OptionalLong.empty();
    }

    void count(DeviceId disk, DiskWork work) {
        done.merge(disk, work, DiskWork::plus);
    }

    /** What was done on each disk and partition, by whomever. */
    Map<DeviceId, DiskWork> done() {
        return Map.copyOf(done);
    }

    private record Stack(Spread spread, List<DeviceId> below) {}
}
