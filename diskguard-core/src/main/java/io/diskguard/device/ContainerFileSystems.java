/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.device;

import io.diskguard.model.CgroupPath;
import io.diskguard.model.Container;
import io.diskguard.model.ContainerId;
import io.diskguard.model.Disk;
import io.diskguard.model.MountRef;
import io.diskguard.model.Pod;
import io.diskguard.spi.CgroupFs;
import io.diskguard.spi.HostPaths;
import io.diskguard.spi.RuntimeResolver.Resolution;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/** The file systems in containers and what they are on, as {@link ProcessMounts} finds them. Thread-safe. */
@FunctionalInterface
public interface ContainerFileSystems {
    /** One after another, each once; empty if the container has no process, or it cannot be looked into. */
    Optional<List<Mounted>> of(Pod pod, Container container, CgroupPath cgroup);

    /** Looks at the host each time that it is asked for one. */
    static Supplier<ContainerFileSystems> looking(
            HostPaths paths, CgroupFs cgroups, Function<ContainerId, Resolution> runtime) {
        var mounts = new ProcessMounts(paths, cgroups, runtime);
        return () -> mounts.mounts()::mounted;
    }

    /**
     * A file system in a container, or a raw block volume. Immutable.
     *
     * @param mountPoint where the container sees it
     * @param volumes names of the pod's volumes that are on it
     * @param type of the one that takes what is written: of an overlay that of its upper directory; {@code block} for a raw
     *     block volume
     * @param options of that one, as the kernel writes them
     * @param disks whose it is, and those that they are made of; none if they cannot be found
     * @param whyNoDisk why there is none on this host, by its nature
     */
    record Mounted(
            String mountPoint,
            Set<String> volumes,
            boolean writable,
            String type,
            String options,
            List<Disk> disks,
            Optional<String> whyNoDisk) {
        public Mounted {
            volumes = Set.copyOf(volumes);
            disks = List.copyOf(disks);
        }

        static Mounted block(MountRef volume, List<Disk> disks) {
            return new Mounted(volume.path(), Set.of(volume.volume()), true, "block", "", disks, Optional.empty());
        }

        /** Whether the kernel keeps what is written to it in memory alone, or makes it up. */
        public boolean isInMemory() {
            return FileSystems.isInMemory(type);
        }
    }
}
