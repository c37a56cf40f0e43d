/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.device;

import io.diskguard.device.DiskResolution.Found;
import io.diskguard.device.DiskResolution.Missing;
import io.diskguard.device.DiskResolution.NotApplicable;
import io.diskguard.model.DeviceId;
import io.diskguard.spi.HostPaths;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The host's mounts at one moment, and the disks behind them. The mount table is read once, when the view is taken; of
 * sysfs only what a question needs, when it is asked. Immutable; thread-safe.
 */
public final class DiskView {
    private static final String ALL = "all";

    private final HostPaths paths;
    private final Optional<HostMounts> host;
    private final BlockDevices devices;
    private final NamedDevices named;
    private final MountDisks mountDisks;

    DiskView(HostPaths paths, Optional<HostMounts> host) {
        this.paths = paths;
        this.host = host;
        this.devices = new BlockDevices(paths.sys());
        this.named = new NamedDevices(paths, devices);
        this.mountDisks = new MountDisks(devices, named, host);
    }

    /**
     * The disks under a mount point of the host: one, but for a file system on several. A directory that is no mount point
     * itself belongs to the mount that it is on.
     *
     * @param mountPoint an absolute path as the host names it
     */
    public DiskResolution ofMount(String mountPoint) {
        if (!mountPoint.startsWith("/")) {
            return new Missing(mountPoint, "a mount point is an absolute path", List.of());
        }
        if (host.isEmpty()) {
            return new Missing(mountPoint, "no mounts could be read from " + paths.proc() + "/1/mountinfo", List.of());
        }
        var steps = new ArrayList<String>();
        var located = host.get().locate(mountPoint, steps);
        return located instanceof Sought.Missed<Mount> missed
                ? new Missing(mountPoint, missed.reason(), host.get().table().seen())
                : answer(mountPoint, backing(((Sought.Found<Mount>) located).it(), steps), steps);
    }

    /**
     * Exactly the disk that is named: a partition is refused, not mapped to its disk, and so is a path of a dm-multipath
     * device. {@code all} names every disk that is
     * made of no other: no loop, ram or zram, no empty or optical drive, no device mapper or md device; a dm-multipath
     * device instead of its paths.
     *
     * @param name a kernel name ({@code nvme0n1}), a path below {@code /dev} ({@code /dev/disk/by-id/…}), {@code MAJ:MIN},
     *     or {@code all}
     */
    public DiskResolution ofDevice(String name) {
        if (name.equals(ALL)) {
            return new LeafDisks(devices).find(name);
        }
        var steps = new ArrayList<String>();
        return named.find(name, steps)
                .map(device -> exactly(name, device, steps))
                .orElseGet(() -> new Missing(
                        name,
                        "no block device \"" + name + "\" in " + paths.sys() + " or " + paths.dev(),
                        devices.disks()));
    }

    Optional<HostMounts> host() {
        return host;
    }

    Backing backing(Mount mount, List<String> steps) {
        return mountDisks.of(mount, steps);
    }

    /** What is limited for IO to that device: the disk of a partition. */
    Backing backing(BlockDevice device, List<String> steps) {
        return mountDisks.of(device, steps);
    }

    Optional<BlockDevice> byNumber(DeviceId number) {
        return devices.byNumber(number);
    }

    Optional<BlockDevice> byNode(String node, List<String> steps) {
        return named.find(node, steps);
    }

    private DiskResolution answer(String asked, Backing backing, List<String> steps) {
        if (backing instanceof Backing.On on) {
            return new Found(asked, on.disks(), steps);
        }
        return backing instanceof Backing.Gone gone
                ? new Missing(asked, gone.reason(), devices.disks())
                : new NotApplicable(asked, ((Backing.Diskless) backing).reason());
    }

    private static DiskResolution exactly(String asked, BlockDevice device, List<String> steps) {
        if (device.isPartition()) {
            var disk = device.disk().map(BlockDevice::name).orElse("that it is on");
            return new NotApplicable(
                    asked,
                    device + " is a partition, which the kernel refuses to limit (ENODEV): name the disk " + disk);
        }
        // unless told otherwise it hands a path whole requests (drivers/md/dm-rq.c), which are charged no second time
        var multipath =
                device.holders().stream().filter(BlockDevice::isMultipath).findFirst();
        if (multipath.isPresent()) {
            return new NotApplicable(
                    asked,
                    device + " is a path of " + multipath.get()
                            + ", where alone the kernel charges IO: name that dm-multipath device");
        }
        steps.add(DeviceWords.limited(device));
        return new Found(asked, List.of(device.asDisk()), steps);
    }
}
