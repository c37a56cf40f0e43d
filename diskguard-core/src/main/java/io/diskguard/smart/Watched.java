/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.smart;

import io.diskguard.model.CgroupPath;
import io.diskguard.model.Container;
import io.diskguard.model.ContainerKey;
import io.diskguard.model.Disk;
import io.diskguard.model.Pod;
import java.util.List;

/**
 * A running container whose load is watched. Immutable.
 *
 * @param disks those on which it is guarded
 */
public record Watched(Pod pod, Container container, CgroupPath cgroup, List<Disk> disks) {
    public Watched {
        disks = List.copyOf(disks);
    }

    public ContainerKey key() {
        return new ContainerKey(pod.uid(), container.name());
    }
}
