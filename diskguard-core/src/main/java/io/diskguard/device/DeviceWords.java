/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.device;

import java.util.List;
import java.util.stream.Collectors;

/** What a block device is and what it is made of, in words: {@code dm-3 (253:3), LVM volume vg-data, on nvme0n1p2}. */
final class DeviceWords {
    /** Real stacks have three or four layers. */
    private static final int DEEPEST = 8;

    private DeviceWords() {}

    static String of(BlockDevice device) {
        return device + (isPlainDisk(device) ? "" : ", " + nature(device, DEEPEST));
    }

    /** The same of a device that is limited, and why at this layer. */
    static String limited(BlockDevice device) {
        var kind = device.kind();
        if (kind == DeviceKind.DISK) {
            return device + " is a whole disk" + (isHead(device) ? ", the head of its NVMe paths" : "");
        }
        var notThere = kind.isMadeOfOthers()
                ? ", not at the disks below"
                : kind == DeviceKind.LOOP ? ", not at the disk of its file" : "";
        return of(device) + ": limited at its own queue" + notThere;
    }

    private static boolean isHead(BlockDevice device) {
        return device.directory().toString().contains("/nvme-subsystem/");
    }

    private static boolean isPlainDisk(BlockDevice device) {
        return !device.isPartition() && device.kind() == DeviceKind.DISK;
    }

    private static String nature(BlockDevice device, int depth) {
        if (device.isPartition()) {
            return "partition"
                    + device.disk().map(disk -> " of " + below(disk, depth - 1)).orElse("");
        }
        var kind = device.kind();
        if (kind == DeviceKind.LOOP) {
            return kind.words() + called(device, "loop/backing_file", " of ");
        }
        var itself = kind == DeviceKind.MAPPER
                ? MapperWords.of(device) + called(device, "dm/name", " ")
                : kind.words() + (kind == DeviceKind.MD ? called(device, "md/level", " ") : "");
        return itself + on(device, depth);
    }

    private static String called(BlockDevice device, String attribute, String before) {
        return device.attribute(attribute).map(before::concat).orElse("");
    }

    private static String on(BlockDevice device, int depth) {
        var slaves = device.slaves();
        if (slaves.isEmpty() || depth <= 0) {
            return "";
        }
        if (slaves.size() == 1) {
            return ", on " + below(slaves.get(0), depth - 1);
        }
        return ", on " + slaves.size() + " " + noun(slaves) + ": "
                + slaves.stream().map(slave -> oneOfMany(slave, depth - 1)).collect(Collectors.joining(", "));
    }

    private static String noun(List<BlockDevice> slaves) {
        if (slaves.stream().allMatch(BlockDevice::isPartition)) {
            return "partitions";
        }
        return slaves.stream().allMatch(DeviceWords::isPlainDisk) ? "disks" : "devices";
    }

    private static String below(BlockDevice device, int depth) {
        return device.name() + (isPlain(device) ? "" : ", " + nature(device, depth));
    }

    private static String oneOfMany(BlockDevice device, int depth) {
        return device.name() + (isPlain(device) ? "" : " (" + nature(device, depth) + ")");
    }

    /** A disk, or a partition of one: its name says it all. */
    private static boolean isPlain(BlockDevice device) {
        return isPlainDisk(device)
                || device.isPartition()
                        && device.disk().filter(DeviceWords::isPlainDisk).isPresent();
    }
}
