/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.simulator;

import io.diskguard.model.DeviceId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A block device with a queue of its own, as sysfs and {@code /dev} show it. Immutable.
 *
 * @param name kernel name ({@code nvme0n1}, {@code dm-0}, {@code loop0})
 * @param home the directory below {@code sys/devices} that has its own ({@code virtual/block})
 * @param partitions by kernel name
 * @param slaves kernel names of the devices it is made of, partitions included
 * @param spread how its IO goes to them
 * @param hiddenPaths kernel names of the hidden devices of an NVMe head, which have no number
 * @param files further sysfs files by relative path ({@code dm/name}), content without newline
 * @param links further links to it below {@code /dev} ({@code disk/by-id/…})
 */
public record SimulatedDisk(
        String name,
        DeviceId id,
        String home,
        SortedMap<String, DeviceId> partitions,
        List<String> slaves,
        Spread spread,
        List<String> hiddenPaths,
        SortedMap<String, String> files,
        List<String> links) {
    static final String VIRTUAL = "virtual/block";

    public SimulatedDisk {
        partitions = Collections.unmodifiableSortedMap(new TreeMap<>(partitions));
        slaves = List.copyOf(slaves);
        hiddenPaths = List.copyOf(hiddenPaths);
        files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
        links = List.copyOf(links);
    }

    private static SimulatedDisk of(String name, DeviceId id, String home, Map<String, String> more) {
        var files = new TreeMap<>(Map.of(
                "removable",
                "0",
                "ro",
                "0",
                "hidden",
                "0",
                "size",
                "20971520",
                "queue/rotational",
                "0",
                "queue/logical_block_size",
                "512"));
        files.putAll(more);
        return new SimulatedDisk(
                name, id, home, new TreeMap<>(), List.of(), Spread.LINEAR, List.of(), files, List.of());
    }

    /** A SCSI or SATA disk without partitions. */
    public static SimulatedDisk hardware(String name, DeviceId id) {
        return of(name, id, "pci0000:00/block", Map.of());
    }

    /** A spinning disk. */
    public static SimulatedDisk rotating(String name, DeviceId id) {
        return hardware(name, id).withFile("queue/rotational", "1");
    }

    /** A disk of a virtual machine ({@code vda}): the driver calls it rotating. */
    public static SimulatedDisk virtio(String name, DeviceId id, String serial) {
        return of(name, id, "pci0000:00/0000:00:04.0/virtio1/block", Map.of("serial", serial, "queue/rotational", "1"))
                .withLink("disk/by-id/virtio-" + serial);
    }

    /** An NVMe namespace ({@code nvme0n1}) on one controller. */
    public static SimulatedDisk nvme(String name, DeviceId id, String serial) {
        return of(name, id, "pci0000:00/0000:00:05.0/nvme/nvme0", Map.of("wwid", "nvme." + serial, "nsid", "1"))
                .withLink("disk/by-id/nvme-SIMULATED_" + serial);
    }

    /** The head ({@code nvme0n1}) of an NVMe namespace on several controllers, with its hidden paths ({@code nvme0c0n1}). */
    public static SimulatedDisk nvmeMultipath(String name, DeviceId id, String serial, List<String> paths) {
        var one = nvme(name, id, serial);
        return new SimulatedDisk(
                name,
                id,
                "virtual/nvme-subsystem/nvme-subsys0",
                one.partitions,
                one.slaves,
                one.spread,
                paths,
                one.files,
                one.links);
    }

    /**
     * A loop device on a file; {@link #on} says on which disk the file is. Linux charges the disk's IO to who did the loop
     * device's since 5.14.
     */
    public static SimulatedDisk loop(String name, DeviceId id, String backingFile) {
        return of(name, id, VIRTUAL, Map.of("loop/backing_file", backingFile, "loop/autoclear", "0"));
    }

    /** A logical volume of LVM, {@code dm-0}, called {@code vg-data}. */
    public static SimulatedDisk mapped(String name, DeviceId id, String mapped, List<String> slaves) {
        return mapper(name, id, mapped, "LVM-" + (mapped.replace("-", "") + "0".repeat(64)).substring(0, 64), slaves);
    }

    /** An encrypted volume of dm-crypt (LUKS 2). */
    public static SimulatedDisk crypt(String name, DeviceId id, String mapped, String slave) {
        return mapper(name, id, mapped, "CRYPT-LUKS2-0123456789abcdef0123456789abcdef-" + mapped, List.of(slave));
    }

    /** A disk of dm-multipath over several paths; IO goes over the first. */
    public static SimulatedDisk multipath(String name, DeviceId id, String mapped, List<String> paths) {
        return mapper(name, id, mapped, "mpath-3600a09800000000000000000" + mapped, paths);
    }

    private static SimulatedDisk mapper(String name, DeviceId id, String mapped, String uuid, List<String> slaves) {
        return of(name, id, VIRTUAL, Map.of("dm/name", mapped, "dm/uuid", uuid, "dm/suspended", "0"))
                .madeOf(Spread.LINEAR, slaves)
                .withLink("mapper/" + mapped)
                .withLink("disk/by-id/dm-name-" + mapped)
                .withLink("disk/by-id/dm-uuid-" + uuid);
    }

    /** A software RAID, {@code md0}: {@code raid0}, {@code raid1} and so on. */
    public static SimulatedDisk md(String name, DeviceId id, String level, List<String> members) {
        var files = Map.of(
                "md/level",
                level,
                "md/raid_disks",
                Integer.toString(members.size()),
                "md/array_state",
                "clean",
                "md/metadata_version",
                "1.2");
        return of(name, id, VIRTUAL, files).madeOf(level.equals("raid1") ? Spread.MIRRORED : Spread.STRIPED, members);
    }

    /** This disk made of others, which sysfs shows as its slaves. */
    public SimulatedDisk madeOf(Spread how, List<String> others) {
        return new SimulatedDisk(name, id, home, partitions, others, how, hiddenPaths, files, links);
    }

    /** This loop device with its file on that disk or partition; no link of sysfs tells of it. */
    public SimulatedDisk on(String disk) {
        return madeOf(Spread.LINEAR, List.of(disk));
    }

    /** This disk with one partition more. */
    public SimulatedDisk withPartition(String partition, DeviceId number) {
        var more = new TreeMap<>(partitions);
        more.put(partition, number);
        return new SimulatedDisk(name, id, home, more, slaves, spread, hiddenPaths, files, links);
    }

    /** This disk with one file more, or another, in its sysfs directory. */
    public SimulatedDisk withFile(String file, String content) {
        var more = new TreeMap<>(files);
        more.put(file, content);
        return new SimulatedDisk(name, id, home, partitions, slaves, spread, hiddenPaths, more, links);
    }

    /** This disk with one link more below {@code /dev}. */
    public SimulatedDisk withLink(String link) {
        var more = new ArrayList<>(links);
        more.add(link);
        return new SimulatedDisk(name, id, home, partitions, slaves, spread, hiddenPaths, files, more);
    }

    /** A loop device's disk is in no {@code slaves} directory. */
    boolean showsSlaves() {
        return !files.containsKey("loop/backing_file");
    }
}
