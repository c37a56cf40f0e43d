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
}
