/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.testkit;

import io.diskguard.model.CgroupPath;
import io.diskguard.model.ContainerId;
import io.diskguard.model.Pod;
import io.diskguard.spi.PodCgroups;

/** Pods' cgroups, and the kubelet and runtime that make them. Closing it closes all. */
public interface PodCgroupsFixture extends AutoCloseable {
    PodCgroups podCgroups();

    /** Makes the container's cgroup, and the pod's if need be; returns the container's. */
    CgroupPath start(Pod pod, ContainerId container);

    /** Removes the container's cgroup. */
    void stop(Pod pod, ContainerId container);

    /** Whether what appears is told by itself. */
    default boolean tells() {
        return false;
    }

    @Override
    void close();
}
