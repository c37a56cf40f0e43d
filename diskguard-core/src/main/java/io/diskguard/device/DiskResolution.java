/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.device;

import io.diskguard.model.Disk;
import java.util.List;

/** What came of looking for the disk behind a mount or a device name. Immutable. */
public sealed interface DiskResolution {
    /** What was asked for: the mount point or device as configured. */
    String asked();

    /**
     * The disks to limit: one, but for a file system on several (btrfs) and for {@code all}.
     *
     * @param disks at least one, sorted, each once
     * @param steps how they were found, for a person to read
     */
    record Found(String asked, List<Disk> disks, List<String> steps) implements DiskResolution {
        /** @throws IllegalArgumentException if there is no disk */
        public Found {
            disks = disks.stream().distinct().sorted().toList();
            steps = List.copyOf(steps);
            if (disks.isEmpty()) {
                throw new IllegalArgumentException("found no disk for " + asked);
            }
        }
    }

    /**
     * There is no such mount or device, or not now: its disk may be away, its mount not made yet.
     *
     * @param reason what was looked for, where
     * @param seen the devices that there are, or some of the mounts that are on disks
     */
    record Missing(String asked, String reason, List<String> seen) implements DiskResolution {
        public Missing {
            seen = List.copyOf(seen);
        }
    }

    /** It exists, but there is no disk under it that could be limited (NFS, tmpfs, FUSE). */
    record NotApplicable(String asked, String reason) implements DiskResolution {}
}
