/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.spi;

import io.diskguard.model.CgroupPath;
import io.diskguard.model.Container;
import io.diskguard.model.Disk;
import io.diskguard.model.Pod;
import java.util.List;
import java.util.Optional;

/**
 * On which disks a container's volumes and root file system are. A port handed to the builder; asked only for a pod whose
 * rules name a volume or the root file system. Thread-safe.
 */
public interface ContainerDisks {
    /**
     * Where the container's volumes are.
     *
     * @param container with the id that the cgroup is of; of raw block volumes it has only those that a rule names
     */
    Places of(Pod pod, Container container, CgroupPath cgroup);

    /** The same with one look at the host, for the containers of one pod: what is alike for all is read once. */
    default ContainerDisks look() {
        return this;
    }

    sealed interface Places {
        /** Every volume of the container that it was asked with, and its root file system. */
        record Known(List<Place> places) implements Places {
            public Known {
                places = List.copyOf(places);
            }
        }

        /** It cannot be told (yet): the container has no process, or it cannot be looked into. */
        record Unknown(String reason) implements Places {}
    }

    /** Where one volume, or the root file system, is. */
    sealed interface Place {
        /** How it was found, or why there is no disk, for a person to read. */
        List<String> steps();

        /** @param disks empty where there is no block device under it (NFS, FUSE, tmpfs): not applicable */
        record Volume(String name, List<Disk> disks, List<String> steps) implements Place {
            public Volume {
                disks = List.copyOf(disks);
                steps = List.copyOf(steps);
            }
        }

        /**
         * One of which it cannot be told (yet), while others of the container are known.
         *
         * @param volume its name; empty for the root file system
         */
        record Untold(Optional<String> volume, List<String> steps) implements Place {
            public Untold {
                steps = List.copyOf(steps);
            }
        }

        /** @param disks those that a write to the root file system goes to; empty where there is no block device under it */
        record Rootfs(List<Disk> disks, List<String> steps) implements Place {
            public Rootfs {
                disks = List.copyOf(disks);
                steps = List.copyOf(steps);
            }
        }
    }
}
