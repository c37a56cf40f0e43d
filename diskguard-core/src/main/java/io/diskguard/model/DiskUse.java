/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.model;

import java.util.Set;

/**
 * A disk and what a container has on it. Immutable.
 *
 * @param guarded whether it is one of the configured disks, on which every container is limited; else only what names it is
 * @param volumes names of the pod's volumes that the container has on it, as far as known
 * @param rootfs whether the container's root file system writes to it, as far as known
 */
public record DiskUse(Disk disk, boolean guarded, Set<String> volumes, boolean rootfs) {
    public DiskUse {
        volumes = Set.copyOf(volumes);
    }

    /** A configured disk, without anything known of what the container has on it. */
    public static DiskUse guarded(Disk disk) {
        return new DiskUse(disk, true, Set.of(), false);
    }
}
