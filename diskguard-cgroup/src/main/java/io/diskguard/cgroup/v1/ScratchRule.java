/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.cgroup.v1;

import io.diskguard.model.CgroupPath;
import io.diskguard.model.DeviceId;
import io.diskguard.model.LimitKey;
import io.diskguard.spi.CgroupFs;
import io.diskguard.spi.Errno;
import io.diskguard.spi.FsResult;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Switches the throttle layer's counting on for a disk: from Linux 6.10 it counts only on disks that had a rule in some
 * cgroup (lazy {@code blk_throtl_init}); a rule of 0, which limits nothing, will do, and counting outlives its cgroup.
 * Thread-safe.
 */
final class ScratchRule {
    private static final Logger LOG = LoggerFactory.getLogger(ScratchRule.class);
    private static final CgroupPath SCRATCH = CgroupPath.ROOT.child("diskguard");

    private final CgroupFs fs;

    ScratchRule(CgroupFs fs) {
        this.fs = fs;
    }

    /** Writes {@code M:m 0} into a cgroup made and removed for it. */
    FsResult write(DeviceId disk) {
        var made = fs.mkdir(SCRATCH);
        if (!made.isOk() && !made.is(Errno.EEXIST)) {
            return made;
        }
        var written = fs.write(SCRATCH, BlkioThrottleDriver.file(LimitKey.RBPS), disk + " 0");
        if (fs.rmdir(SCRATCH) instanceof FsResult.Failed failed && failed.errno() != Errno.ENOENT) {
            LOG.warn("an empty cgroup of ours stays behind: {}", failed.detail());
        }
        return written;
    }
}
