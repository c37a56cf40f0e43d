/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.spi;

import io.diskguard.model.CgroupPath;
import io.diskguard.model.ContainerId;
import java.util.Optional;
import java.util.Set;

/** Answers what a container is, by its id: asked only when the cgroup tree and the pod do not say it. Thread-safe. */
public interface RuntimeResolver extends AutoCloseable {
    Resolution resolve(ContainerId id);

    @Override
    void close();

    sealed interface Resolution {
        /**
         * The container exists.
         *
         * @param name its name in the pod; empty where the resolver cannot know it
         * @param image empty where the resolver cannot know it
         * @param pid of its first process; empty where there is none (yet) or the resolver cannot know it
         * @param sandbox whether it is a pod's sandbox (pause), which is never limited
         */
        record Found(
                CgroupPath cgroup, Optional<String> name, Optional<String> image, Optional<Long> pid, boolean sandbox)
                implements Resolution {}

        /** There is no such container (any more). */
        record Gone() implements Resolution {}

        /** It could not be found out. */
        record Unknown(String reason) implements Resolution {}
    }

    /** Makes a {@link RuntimeResolver}; chosen by the scheme of the container's id. */
    interface Factory extends Provider<RuntimeResolver> {
        /** The id schemes that it serves ({@code containerd}, {@code docker}, {@code cri-o}); empty for all. */
        Set<String> schemes();
    }
}
