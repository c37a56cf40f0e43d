/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.device;

import io.diskguard.model.DeviceId;
import java.util.List;

/** What came of looking for the disk behind a mount or a device name. Immutable. */
public sealed interface DiskResolution {
    /** What was asked for: the mount point or device as configured. */
    String asked();

    /**
     * The disk to limit.
     *
     * @param name kernel name ({@code nvme0n1})
     * @param steps how it was found, for a person to read
     */
    record Found(String asked, DeviceId device, String name, List<String> steps) implements DiskResolution {
        public Found {
            steps = List.copyOf(steps);
        }
    }

    /**
     * There is no such mount or device.
     *
     * @param reason what was looked for, where
     * @param seen the mounts or devices that there are
     */
    record Missing(String asked, String reason, List<String> seen) implements DiskResolution {
        public Missing {
            seen = List.copyOf(seen);
        }
    }

    /** It exists, but there is no disk under it that could be limited (NFS, tmpfs, FUSE). */
    record NotApplicable(String asked, String reason) implements DiskResolution {}
}
