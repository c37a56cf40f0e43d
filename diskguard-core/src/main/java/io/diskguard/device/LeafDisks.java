/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.device;

import io.diskguard.device.DiskResolution.Found;
import io.diskguard.device.DiskResolution.Missing;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** {@code all}: every disk that is made of no other, for a limit on the whole disk whatever is on it. */
record LeafDisks(BlockDevices devices) {
    private static final int NAMED = 8;
    private static final Set<DeviceKind> OF_NO_USE = Set.of(
            DeviceKind.LOOP,
            DeviceKind.RAM,
            DeviceKind.ZRAM,
            DeviceKind.OPTICAL,
            DeviceKind.FLOPPY,
            DeviceKind.NVME_PATH);

    DiskResolution find(String asked) {
        var leaves = new ArrayList<BlockDevice>();
        var leftOut = new TreeMap<String, List<String>>();
        for (var name : devices.disks()) {
            var device = isOfNoUse(name) ? Optional.<BlockDevice>empty() : devices.byName(name);
            var why = device.isPresent() ? whyNot(device.get()) : Optional.of(whyNotLookedAt(name));
            if (why.isPresent()) {
                leftOut.computeIfAbsent(why.get(), none -> new ArrayList<>()).add(name);
            } else {
                leaves.add(device.get());
            }
        }
        var steps = new ArrayList<String>();
        leaves.forEach(leaf -> steps.add(words(leaf)));
        leftOut.forEach((why, names) -> steps.add("left out: " + some(names) + ": " + why));
        if (leaves.isEmpty()) {
            return new Missing(
                    asked,
                    "no disk in " + devices.sys() + "/block that is made of no other"
                            + (steps.isEmpty() ? "" : " (" + String.join("; ", steps) + ")"),
                    devices.disks());
        }
        return new Found(asked, leaves.stream().map(BlockDevice::asDisk).toList(), steps);
    }

    /** A dm-multipath device stands for its disks, which are left out for it. */
    private static String words(BlockDevice leaf) {
        return leaf.isMultipath() ? DeviceWords.of(leaf) + ": stands for its paths" : DeviceWords.limited(leaf);
    }

    /** What its name alone rules out: a node has hundreds of loop devices. */
    private static boolean isOfNoUse(String name) {
        return OF_NO_USE.contains(DeviceKind.ofName(name));
    }

    private static String whyNotLookedAt(String name) {
        return isOfNoUse(name) ? DeviceKind.ofName(name).words() : "without a device number";
    }

    private static Optional<String> whyNot(BlockDevice device) {
        if (device.attribute("hidden").filter("1"::equals).isPresent()) {
            return Optional.of("hidden");
        }
        if (device.attribute("size").filter("0"::equals).isPresent()) {
            return Optional.of("of size 0");
        }
        if (device.kind().isMadeOfOthers()) {
            return device.isMultipath() ? Optional.empty() : Optional.of("made of other devices");
        }
        return device.holders().stream()
                .filter(BlockDevice::isMultipath)
                .findFirst()
                .map(multipath -> "path of " + multipath);
    }

    private static String some(List<String> names) {
        return names.size() <= NAMED
                ? String.join(", ", names)
                : String.join(", ", names.subList(0, NAMED)) + " and " + (names.size() - NAMED) + " more";
    }
}
