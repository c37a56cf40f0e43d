/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.cgroup;

import io.diskguard.cgroup.v1.BlkioThrottleStats;
import io.diskguard.model.CgroupPath;
import io.diskguard.spi.IoStatsSource;
import io.diskguard.testkit.CgroupFixture;
import io.diskguard.testkit.IoStatsFixture;
import io.diskguard.testkit.IoStatsSourceTck;
import org.junit.jupiter.api.extension.RegisterExtension;

/** On the kernel of this machine, where it has cgroup v1 and we are root; else skipped. */
class RealBlkioThrottleStatsTest extends IoStatsSourceTck {
    @RegisterExtension
    static final RealKernel KERNEL = new RealKernel();

    @Override
    protected IoStatsFixture openFixture() {
        return new OnLoopDisk(KERNEL.blkio().cgroups());
    }

    private static final class OnLoopDisk implements IoStatsFixture {
        private final CgroupFixture cgroups;
        private final BreakableFs fs;
        private final IoStatsSource source;

        OnLoopDisk(CgroupFixture cgroups) {
            this.cgroups = cgroups;
            this.fs = new BreakableFs(cgroups.fs());
            this.source = new BlkioThrottleStats(fs);
        }

        @Override
        public IoStatsSource source() {
            return source;
        }

        @Override
        public CgroupFixture cgroups() {
            return cgroups;
        }

        @Override
        public void read(CgroupPath cgroup, int times, int bytes) {
            KERNEL.blkio().doIo(cgroup, false, times, bytes);
        }

        @Override
        public void write(CgroupPath cgroup, int times, int bytes) {
            KERNEL.blkio().doIo(cgroup, true, times, bytes);
        }

        @Override
        public boolean breakReads() {
            fs.breakReads();
            return true;
        }

        @Override
        public void close() {
            source.close();
            cgroups.close();
        }
    }
}
