/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.spi;

import io.diskguard.model.CgroupPath;
import io.diskguard.model.Container;
import io.diskguard.model.Disk;
import io.diskguard.model.IoLimit;
import io.diskguard.model.LimitKey;
import io.diskguard.model.Pod;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Tells by which IO a container gets past a limit: facts that can be seen now, never guesses. A port handed to the builder;
 * what it answers changes nothing but what people are told. Thread-safe.
 */
@FunctionalInterface
public interface LimitEscapes {
    /** Knows of none. */
    LimitEscapes NONE = asked -> List.of();

    /** What is so now; empty where nothing is, and where it cannot be seen. */
    List<Escape> of(Asked asked);

    /** The same with one look at the host, for several containers: what is alike for all is read once. */
    default LimitEscapes look() {
        return this;
    }

    /**
     * One container.
     *
     * @param limits those that it has or is to have, by disk; none is unlimited
     * @param volumes names of its volumes that a rule limits
     */
    record Asked(Pod pod, Container container, CgroupPath cgroup, Map<Disk, IoLimit> limits, Set<String> volumes) {
        public Asked {
            limits = Collections.unmodifiableMap(new TreeMap<>(limits));
            volumes = Set.copyOf(volumes);
        }
    }

    /** Why a limit does not hold all IO. */
    enum Cause {
        /** The container leaves it to the kernel to write what it wrote to files: cgroup v1 limits nobody for that. */
        BUFFERED_WRITES,
        /** The same on cgroup v2, where the file system or the cgroup has no cgroup writeback. */
        NO_CGROUP_WRITEBACK,
        /** It has processes in cgroups below its own, which on cgroup v1 its limit does not bind. */
        CHILD_CGROUPS,
        /** The cgroup has no file to write a limit to: no IO controller, or a kernel without throttling. */
        NO_THROTTLING,
        /** There is no block device of this host under the volume: network, FUSE, memory. */
        NETWORK_FILE_SYSTEM,
        /** More was measured than the kernel is to let through; the reason is not known. */
        NOT_HELD
    }

    /**
     * One fact.
     *
     * @param disk on which a limit does not hold; empty for a volume that is on none
     * @param numbers of the limit that do not hold
     * @param detail what was seen, for a person to read
     */
    record Escape(Cause cause, Optional<Disk> disk, Set<LimitKey> numbers, String detail) {
        public Escape {
            numbers = Set.copyOf(numbers);
        }
    }
}
