/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.cgroup;

import io.diskguard.cgroup.v1.BlkioThrottleStats;
import io.diskguard.model.CgroupPath;
import io.diskguard.spi.IoStatsSource;
import io.diskguard.testkit.CgroupFixture;
import io.diskguard.testkit.IoStatsFixture;
import io.diskguard.testkit.IoStatsSourceTck;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** On the kernel of this machine, where it has cgroup v1 and we are root; else skipped. */
class RealBlkioThrottleStatsTest extends IoStatsSourceTck {
    @TempDir
    static Path directory;

    private static RealBlkio kernel;

    @BeforeAll
    static void attachDisks() {
        kernel = RealBlkio.open(directory);
    }

    @AfterAll
    static void detachDisks() {
        if (kernel != null) {
            kernel.close();
        }
    }

    @Override
    protected IoStatsFixture openFixture() {
        return new OnLoopDisk(kernel.cgroups());
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
            kernel.doIo(cgroup, false, times, bytes);
        }

        @Override
        public void write(CgroupPath cgroup, int times, int bytes) {
            kernel.doIo(cgroup, true, times, bytes);
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
