/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.testkit;

import io.diskguard.model.CgroupPath;
import io.diskguard.model.ContainerId;
import io.diskguard.spi.RuntimeResolver;
import java.util.Optional;

/** A container runtime to test on, real or simulated, and the resolver that asks it. Closing it closes both. */
public interface RuntimeFixture extends AutoCloseable {
    RuntimeResolver resolver();

    /** Starts a container and returns its full id. */
    ContainerId start();

    /** Where the container's cgroup is. */
    CgroupPath cgroupOf(ContainerId running);

    /** A pod's sandbox (pause); empty where the runtime has none, or the resolver cannot tell. */
    Optional<ContainerId> sandbox();

    /** Removes a container that {@link #start} made. */
    void remove(ContainerId container);

    /** Makes the runtime unreachable; false where that cannot be had. */
    default boolean disconnect() {
        return false;
    }

    @Override
    void close();
}
