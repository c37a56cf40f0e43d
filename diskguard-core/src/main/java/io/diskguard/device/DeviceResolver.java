/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.device;

import io.diskguard.model.DeviceId;
import io.diskguard.spi.HostPaths;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds the disk that the kernel can limit: never a partition, which it refuses with ENODEV ({@code blkg_conf_open_bdev} in
 * {@code block/blk-cgroup.c}). Device mapper, md and loop devices have a queue of their own and are limited at that layer.
 * Remembers nothing: each answer is of the host as it is then. Immutable; thread-safe.
 */
public final class DeviceResolver {
    private final HostPaths paths;
    private final BlockDevices devices;

    public DeviceResolver(HostPaths paths) {
        this.paths = paths;
        this.devices = new BlockDevices(paths.sys());
    }

    /** The host as it is now, for several questions: its mount table is read once. */
    public DiskView look() {
        return new DiskView(paths, HostMounts.read(paths));
    }

    /** One question to a fresh {@link #look()}: {@link DiskView#ofMount}. */
    public DiskResolution ofMount(String mountPoint) {
        return look().ofMount(mountPoint);
    }

    /** {@link DiskView#ofDevice}, without reading the mount table. */
    public DiskResolution ofDevice(String name) {
        return new DiskView(paths, Optional.empty()).ofDevice(name);
    }

    /**
     * The number of the block device of that node, a partition's own; empty if the host shows none.
     *
     * @param node a path as the host names it: below {@code /dev}, within which its links are followed, or one of the
     *     kubelet's for a raw block volume
     */
    public Optional<DeviceId> numberOf(String node) {
        var clean = HostTree.clean(node);
        if (List.of(clean.split("/")).contains("..")) {
            return Optional.empty();
        }
        var steps = new ArrayList<String>();
        var device = clean.startsWith(paths.kubelet() + "/")
                ? new KubeletNodes(paths, look()).behind(clean, steps)
                : NamedDevices.isName(clean)
                        ? new NamedDevices(paths, devices).find(clean, steps)
                        : Optional.<BlockDevice>empty();
        return device.map(BlockDevice::number);
    }

    /** Whether the host (still) has a block device of that number. */
    public boolean exists(DeviceId device) {
        return devices.exists(device);
    }
}
