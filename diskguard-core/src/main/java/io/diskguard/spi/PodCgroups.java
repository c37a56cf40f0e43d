/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.spi;

import io.diskguard.model.CgroupPath;
import io.diskguard.model.ContainerId;
import io.diskguard.model.Pod;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Where pods and their containers are in the cgroup tree. A port handed to the builder. Thread-safe. */
public interface PodCgroups extends AutoCloseable {
    /** The cgroup of one container of the pod; empty while there is none. */
    Optional<CgroupPath> find(Pod pod, ContainerId id);

    /** Every container cgroup that exists in the pod's cgroup now, sandboxes included, in no order. */
    List<ContainerCgroup> containersOf(Pod pod);

    /** Calls back, on any thread, with the pod uid (as the cgroup names it) of each container cgroup that appears. The callback must not block. */
    void onAppeared(Consumer<String> cgroupUid);

    /** Looks again for what no event told of; called at each resync. */
    default void refresh() {}

    @Override
    void close();

    /** @param id without its scheme, as the cgroup names it */
    record ContainerCgroup(CgroupPath path, String id) {}
}
