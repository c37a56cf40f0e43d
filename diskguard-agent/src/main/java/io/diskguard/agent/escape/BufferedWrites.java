/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.escape;

import io.diskguard.device.ContainerFileSystems.Mounted;
import io.diskguard.model.Disk;
import io.diskguard.model.LimitKey;
import io.diskguard.spi.LimitEscapes.Cause;
import io.diskguard.spi.LimitEscapes.Escape;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What a container wrote to files and left to the kernel to bring to the disk.
 *
 * @param all file systems of the container
 * @param dirty bytes that are not on a disk yet; empty if nobody counts them
 */
record BufferedWrites(List<Mounted> all, OptionalLong dirty) {
    static final Set<LimitKey> NUMBERS = Set.of(LimitKey.WIOPS, LimitKey.WBPS);

    /** Less is no load: a file system's own blocks of a file just made are a few pages. */
    static final long LEAST = 1 << 20;

    /** {@code Documentation/admin-guide/cgroup-v2.rst}, Writeback; a block device itself has it too ({@code block/bdev.c}). */
    private static final Set<String> CHARGED = Set.of("ext2", "ext3", "ext4", "btrfs", "f2fs", "xfs", "block");

    private static final int NAMED = 4;

    /** On cgroup v1 nothing is charged to who wrote it. */
    Optional<Escape> onV1(Disk disk) {
        return escape(
                disk,
                Cause.BUFFERED_WRITES,
                mounted -> true,
                "on cgroup v1 no write of the kernel's is charged to who wrote");
    }

    /** @param uncharged whether cgroup v2 is without the memory controller on this host */
    Optional<Escape> onV2(Disk disk, boolean uncharged) {
        return uncharged
                ? escape(
                        disk,
                        Cause.NO_CGROUP_WRITEBACK,
                        mounted -> true,
                        "cgroup v2 is without the memory controller on this host")
                : escape(
                        disk,
                        Cause.NO_CGROUP_WRITEBACK,
                        mounted -> !isCharged(mounted),
                        "the file system has no cgroup writeback");
    }

    /** If it can write to the disk through one of these. */
    private Optional<Escape> escape(Disk disk, Cause cause, Predicate<Mounted> through, String why) {
        var here = new LinkedHashSet<String>();
        var others = new LinkedHashSet<String>();
        for (var mounted : all) {
            if (mounted.writable() && !mounted.isInMemory()) {
                var isHere = mounted.disks().contains(disk) && through.test(mounted);
                (isHere ? here : others).add(mounted.type() + " at " + mounted.mountPoint());
            }
        }
        return here.isEmpty()
                ? Optional.empty()
                : Optional.of(new Escape(
                        cause,
                        Optional.of(disk),
                        NUMBERS,
                        bytes()
                                + "; what of it the container does not sync itself the kernel writes outside the limit, as "
                                + why + " (" + some(here) + ")"
                                + (others.isEmpty() || dirty.isEmpty()
                                        ? ""
                                        : "; how much of it belongs there is not known, it can also write to "
                                                + some(others))));
    }

    private String bytes() {
        return dirty.isPresent()
                ? (dirty.getAsLong() >> 10) + " KiB that it wrote are not on a disk yet"
                : "how much it wrote that is not on a disk yet is not counted";
    }

    private static String some(Set<String> names) {
        var text = String.join(", ", List.copyOf(names).subList(0, Math.min(names.size(), NAMED)));
        return names.size() > NAMED ? text + " and " + (names.size() - NAMED) + " more" : text;
    }

    /** ext4 with {@code data=journal} is without it ({@code fs/ext4/super.c}). */
    private static boolean isCharged(Mounted mounted) {
        return CHARGED.contains(mounted.type())
                && !List.of(mounted.options().split(",")).contains("data=journal");
    }
}
