/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.view;

import io.diskguard.model.CgroupPath;
import io.diskguard.model.Container;
import io.diskguard.model.ContainerId;
import io.diskguard.model.Pod;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A guarded container as it is now. Immutable.
 *
 * @param container empty while it is known only that the cgroup is the pod's
 * @param at when it was last compared with what it should be
 * @param disks those on which it is guarded
 */
public record ContainerView(
        Pod pod, Optional<Container> container, CgroupPath cgroup, Instant at, List<DiskStanding> disks) {
    public ContainerView {
        disks = List.copyOf(disks);
    }

    /** The container's name; the cgroup's while it has none. */
    public String name() {
        return container.map(Container::name).orElseGet(cgroup::name);
    }

    /** With its scheme, where that is known: {@code containerd://…}. */
    public String id() {
        return container.flatMap(Container::id).map(ContainerId::toString).orElseGet(cgroup::name);
    }

    /** Whether the kernel limits it anywhere. */
    public boolean isLimited() {
        return disks.stream().anyMatch(disk -> !disk.kernel().isUnlimited());
    }
}
