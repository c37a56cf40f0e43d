/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.policy.smart;

import io.diskguard.model.CgroupPath;
import io.diskguard.model.Container;
import io.diskguard.model.ContainerKey;
import io.diskguard.model.Disk;
import io.diskguard.model.DiskUse;
import io.diskguard.model.Pod;
import java.util.List;

/**
 * A running container whose load is watched. Immutable.
 *
 * @param uses the disks on which it is guarded, and what it has on them
 */
public record Watched(Pod pod, Container container, CgroupPath cgroup, List<DiskUse> uses) {
    public Watched {
        uses = List.copyOf(uses);
    }

    public ContainerKey key() {
        return new ContainerKey(pod.uid(), container.name());
    }

    /** The disks on which it is guarded. */
    public List<Disk> disks() {
        return uses.stream().map(DiskUse::disk).toList();
    }
}
