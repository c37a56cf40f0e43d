/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.device;

import io.diskguard.device.Backing.Diskless;
import io.diskguard.device.Backing.Gone;
import io.diskguard.device.Backing.On;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** From a mount to the devices that its file system is on, whole disks always. */
record MountDisks(BlockDevices devices, NamedDevices named, Optional<HostMounts> host) {
    /** The kernel allows an overlay on an overlay on a file system, no more ({@code FILESYSTEM_MAX_STACK_DEPTH}). */
    static final int DEEPEST = 4;

    /**
     * What the mount is on.
     *
     * @param steps takes how it was found
     */
    Backing of(Mount mount, List<String> steps) {
        return of(mount, steps, DEEPEST);
    }

    Backing of(BlockDevice device, List<String> steps) {
        return whole(List.of(device), steps);
    }

    private Backing of(Mount mount, List<String> steps, int depth) {
        var whyNot = FileSystems.whyNoDisk(mount.type());
        if (whyNot.isPresent()) {
            return new Diskless(mount + " has no block device to limit: " + whyNot.get());
        }
        if (mount.type().equals("overlay")) {
            return ofOverlay(mount, steps, depth);
        }
        return mount.device().major() == 0 ? bySource(mount, steps) : byNumber(mount, steps);
    }

    private Backing byNumber(Mount mount, List<String> steps) {
        steps.add("its file system is on " + mount.device());
        return devices.byNumber(mount.device())
                .map(device -> whole(List.of(device), steps))
                .orElseGet(() -> new Gone(
                        mount + " is on " + mount.device() + ", which " + devices.sys() + " does not show (any more)"));
    }

    /** The number is anonymous (btrfs): only the source can name a device. */
    private Backing bySource(Mount mount, List<String> steps) {
        var source = mount.source();
        if (!NamedDevices.isName(source)) {
            return new Diskless(mount + " has no block device to limit: its source is none");
        }
        steps.add(mount.type() + " has an anonymous device number, its source is " + source);
        var device = named.find(source, steps);
        if (device.isEmpty()) {
            return new Gone(mount + " is on " + source + ", which " + devices.sys() + " does not show (any more)");
        }
        var isBtrfs = mount.type().equals("btrfs");
        return whole(isBtrfs ? new Btrfs(devices).of(device.get(), steps) : List.of(device.get()), steps);
    }

    private Backing ofOverlay(Mount overlay, List<String> steps, int depth) {
        var upper = Overlay.upperDirectory(overlay.options());
        if (upper.isEmpty()) {
            return new Diskless(overlay + " is an overlay without an upper directory: nothing is written through it");
        }
        var below = host.flatMap(mounts -> mounts.under(overlay, upper.get()));
        if (below.isEmpty() || depth == 0) {
            return new Gone(
                    overlay + " writes to " + upper.get() + ", which is on no mount of the host that can be seen");
        }
        steps.add("what is written to the overlay goes to " + upper.get()
                + (upper.get().startsWith("/") ? "" : ", which must be near its mount point")
                + ", on the mount " + below.get());
        var backing = of(below.get(), steps, depth - 1);
        return backing instanceof Diskless none
                ? new Diskless(overlay + " writes to " + upper.get() + ": " + none.reason())
                : backing;
    }

    private Backing whole(List<BlockDevice> found, List<String> steps) {
        var disks = new TreeMap<String, BlockDevice>();
        for (var device : found) {
            var disk = device.isPartition() ? device.disk() : Optional.of(device);
            if (disk.isEmpty()) {
                return new Gone(device + " is a partition whose disk " + devices.sys() + " does not show");
            }
            if (device.isPartition()) {
                steps.add(device + " is a partition, the kernel limits its disk " + disk.get());
            }
            disks.put(disk.get().name(), disk.get());
        }
        disks.values().forEach(disk -> steps.add(DeviceWords.limited(disk)));
        return new On(disks.values().stream().map(BlockDevice::asDisk).toList());
    }
}
