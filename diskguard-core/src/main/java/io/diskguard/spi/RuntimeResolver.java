/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.spi;

import io.diskguard.model.CgroupPath;
import io.diskguard.model.ContainerId;
import io.diskguard.model.DeviceId;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Answers what a container is, by its id: asked only when the cgroup tree and the pod do not say it. Thread-safe. */
public interface RuntimeResolver extends AutoCloseable {
    Resolution resolve(ContainerId id);

    @Override
    void close();

    /**
     * A file or directory of the host in a container. Immutable.
     *
     * @param containerPath where the container sees it, absolute
     * @param hostPath where the host has it, absolute
     */
    record Mount(String containerPath, String hostPath) {
        /** @throws IllegalArgumentException if a path is not absolute */
        public Mount {
            if (!containerPath.startsWith("/") || !hostPath.startsWith("/")) {
                throw new IllegalArgumentException(
                        "a mount has absolute paths, was \"" + hostPath + "\" at \"" + containerPath + "\"");
            }
        }
    }

    /**
     * A block device in a container. Immutable.
     *
     * @param containerPath of its node, absolute
     * @param device its number, as the container's node has it: it may be a partition's
     */
    record BlockNode(String containerPath, DeviceId device) {
        /** @throws IllegalArgumentException if the path is not absolute */
        public BlockNode {
            if (!containerPath.startsWith("/")) {
                throw new IllegalArgumentException("a node has an absolute path, was \"" + containerPath + "\"");
            }
        }
    }

    sealed interface Resolution {
        /**
         * The container exists.
         *
         * @param cgroup where its processes are, in the hierarchy that carries the IO controller; it is believed only where the
         *     container's id stands in the path, as every runtime has it: a wrong word must not limit anything else
         * @param name its name in the pod; empty where the resolver cannot know it
         * @param image empty where the resolver cannot know it
         * @param pid of its first process; empty where there is none (yet) or the resolver cannot know it
         * @param sandbox whether it is a pod's sandbox (pause), which is never limited
         * @param mounts what of the host it sees; empty where the resolver cannot know it
         * @param devices the block devices that it was given, which never change; empty where the resolver cannot know
         *     them, a list without any where it knows that there are none
         */
        record Found(
                CgroupPath cgroup,
                Optional<String> name,
                Optional<String> image,
                Optional<Long> pid,
                boolean sandbox,
                List<Mount> mounts,
                Optional<List<BlockNode>> devices)
                implements Resolution {
            public Found {
                mounts = List.copyOf(mounts);
                devices = devices.map(List::copyOf);
            }

            /** One whose block devices are not known. */
            public Found(
                    CgroupPath cgroup,
                    Optional<String> name,
                    Optional<String> image,
                    Optional<Long> pid,
                    boolean sandbox,
                    List<Mount> mounts) {
                this(cgroup, name, image, pid, sandbox, mounts, Optional.empty());
            }

            /** One whose mounts and block devices are not known. */
            public Found(
                    CgroupPath cgroup,
                    Optional<String> name,
                    Optional<String> image,
                    Optional<Long> pid,
                    boolean sandbox) {
                this(cgroup, name, image, pid, sandbox, List.of());
            }
        }

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
