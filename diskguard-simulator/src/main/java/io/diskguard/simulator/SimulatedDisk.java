/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.simulator;

import io.diskguard.model.DeviceId;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A block device with a queue of its own, as sysfs shows it. Immutable.
 *
 * @param name kernel name ({@code nvme0n1}, {@code dm-0}, {@code loop0})
 * @param virtual whether it is made of other devices or files rather than hardware
 * @param partitions by kernel name
 * @param slaves kernel names of the devices it is made of, partitions included
 * @param files further sysfs files by relative path ({@code dm/name}, {@code loop/backing_file}), content without newline
 */
public record SimulatedDisk(
        String name,
        DeviceId id,
        boolean virtual,
        SortedMap<String, DeviceId> partitions,
        List<String> slaves,
        SortedMap<String, String> files) {
    public SimulatedDisk {
        partitions = Collections.unmodifiableSortedMap(new TreeMap<>(partitions));
        slaves = List.copyOf(slaves);
        files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
    }

    /** A disk without partitions. */
    public static SimulatedDisk hardware(String name, DeviceId id) {
        return new SimulatedDisk(name, id, false, new TreeMap<>(), List.of(), new TreeMap<>());
    }

    /** A loop device on a file. */
    public static SimulatedDisk loop(String name, DeviceId id, String backingFile) {
        return new SimulatedDisk(
                name, id, true, new TreeMap<>(), List.of(), new TreeMap<>(Map.of("loop/backing_file", backingFile)));
    }

    /** A device-mapper volume ({@code dm-0}) called {@code mapped} ({@code vg-data}) on other devices. */
    public static SimulatedDisk mapped(String name, DeviceId id, String mapped, List<String> slaves) {
        return new SimulatedDisk(
                name,
                id,
                true,
                new TreeMap<>(),
                slaves,
                new TreeMap<>(Map.of("dm/name", mapped, "dm/uuid", "LVM-" + mapped)));
    }

    /** This disk with one partition more. */
    public SimulatedDisk withPartition(String partition, DeviceId number) {
        var more = new TreeMap<>(partitions);
        more.put(partition, number);
        return new SimulatedDisk(name, id, virtual, more, slaves, files);
    }

    /** This disk with one more file in its sysfs directory. */
    public SimulatedDisk withFile(String file, String content) {
        var more = new TreeMap<>(files);
        more.put(file, content);
        return new SimulatedDisk(name, id, virtual, partitions, slaves, more);
    }
}
