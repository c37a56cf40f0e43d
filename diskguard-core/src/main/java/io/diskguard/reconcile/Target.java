/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.reconcile;

import io.diskguard.model.CgroupPath;
import io.diskguard.model.Container;
import io.diskguard.model.Pod;
import java.util.Optional;

/**
 * A container's cgroup and whose it is. Immutable.
 *
 * @param container empty while only the cgroup is known
 */
public record Target(Pod pod, Optional<Container> container, CgroupPath cgroup) {
    /** {@code namespace/pod/container}, with the cgroup's name for a container that is not known yet. */
    public String name() {
        return pod.fullName() + "/" + container.map(Container::name).orElseGet(cgroup::name);
    }

    /**
     * The container, or one that stands for it: only where all of a pod's are treated alike is a cgroup a target before it
     * is known whose it is, and what is said of its container by name holds for it too.
     */
    Optional<Container> representative() {
        return container.or(() -> pod.containers().stream().findFirst());
    }
}
