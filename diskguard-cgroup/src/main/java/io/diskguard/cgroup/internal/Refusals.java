/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.cgroup.internal;

import io.diskguard.model.CgroupPath;
import io.diskguard.spi.CgroupDriver.ApplyResult;
import io.diskguard.spi.CgroupDriver.ReadResult;
import io.diskguard.spi.CgroupFs;
import io.diskguard.spi.Errno;
import io.diskguard.spi.FsResult;
import io.diskguard.spi.IoStatsSource.Sample;

/**
 * What a failed control file operation means: ENOENT is said of a vanished cgroup and of a controller that is switched
 * off, ENODEV of a vanished cgroup and of a disk that cannot be throttled. Only the directory tells them apart.
 */
public final class Refusals {

    private Refusals() {}

    public static ApplyResult ofWrite(CgroupFs fs, CgroupPath cgroup, String line, FsResult.Failed failed) {
        if (isGone(fs, cgroup, failed)) {
            return new ApplyResult.Gone();
        }
        if (failed.errno() == Errno.ENOENT) {
            return new ApplyResult.ControllerOff(failed.detail());
        }
        var hint = failed.errno() == Errno.ENODEV
                ? ": a partition or not a throttle-able disk, or it is not there (any more)"
                : "";
        return new ApplyResult.Rejected(failed.errno(), failed.detail() + " (wrote \"" + line + "\")" + hint);
    }

    public static ReadResult ofRead(CgroupFs fs, CgroupPath cgroup, FsResult.Failed failed) {
        if (isGone(fs, cgroup, failed)) {
            return new ReadResult.Gone();
        }
        return failed.errno() == Errno.ENOENT
                ? new ReadResult.ControllerOff(failed.detail())
                : new ReadResult.Failed(failed.errno(), failed.detail());
    }

    public static Sample ofSample(CgroupFs fs, CgroupPath cgroup, FsResult.Failed failed) {
        return isGone(fs, cgroup, failed) ? Sample.GONE : new Sample.Unavailable(failed.detail());
    }

    /** rmdir(2) takes the files first and the directory last: to look up a name that is not known waits until it is over. */
    private static boolean isGone(CgroupFs fs, CgroupPath cgroup, FsResult.Failed failed) {
        return (failed.errno() == Errno.ENOENT || failed.errno() == Errno.ENODEV)
                && !(fs.exists(cgroup, "-") | fs.exists(cgroup));
    }
}
