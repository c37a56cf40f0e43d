/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.e2e.scenarios.kernel;

import io.diskguard.cgroup.v2.IoStat;
import io.diskguard.e2e.scenarios.machine.Cgroups;
import io.diskguard.e2e.scenarios.machine.Machine;
import io.diskguard.model.CgroupPath;
import io.diskguard.spi.IoStatsSource;
import io.diskguard.testkit.CgroupFixture;
import io.diskguard.testkit.IoStatsFixture;
import io.diskguard.testkit.IoStatsSourceTck;

/** {@code io.stat} of the kernel, of processes that read and write a disk past the page cache. */
public final class IoStatOnThisKernelTest extends IoStatsSourceTck {
    public IoStatOnThisKernelTest() {}

    @Override
    protected IoStatsFixture openFixture() {
        return new OnSpareDisk(new BareDiskFirst(Cgroups.open(Machine.here())));
    }

    private static final class OnSpareDisk implements IoStatsFixture {
        private final BareDiskFirst cgroups;
        private final IoStatsSource source;

        OnSpareDisk(BareDiskFirst cgroups) {
            this.cgroups = cgroups;
            this.source = new IoStat(cgroups.fs());
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
            SpareDisk.read(cgroups.real(), cgroup, cgroups.disk(), times, bytes);
        }

        @Override
        public void write(CgroupPath cgroup, int times, int bytes) {
            SpareDisk.write(cgroups.real(), cgroup, cgroups.disk(), times, bytes);
        }

        /** The counters go with the controller, the cgroups stay. */
        @Override
        public boolean breakReads() {
            cgroups.real().write(cgroups.parent(), "cgroup.subtree_control", "-io");
            return true;
        }

        @Override
        public void close() {
            source.close();
            cgroups.close();
        }
    }
}
