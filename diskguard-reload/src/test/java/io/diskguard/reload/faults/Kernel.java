/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.reload.faults;

import io.diskguard.cgroup.signal.HostSignals;
import io.diskguard.cgroup.v1.BlkioThrottleDriver;
import io.diskguard.cgroup.v1.BlkioThrottleStats;
import io.diskguard.cgroup.v2.IoMaxDriver;
import io.diskguard.cgroup.v2.IoStat;
import io.diskguard.simulator.SimulatedNode;
import io.diskguard.spi.CgroupDriver;
import io.diskguard.spi.CgroupFs;
import io.diskguard.spi.HostPaths;
import io.diskguard.spi.IoSignals;
import io.diskguard.spi.IoStatsSource;

/** What an embedder takes for either version of cgroups. */
enum Kernel {
    V1 {
        @Override
        SimulatedNode node() {
            return SimulatedNode.v1();
        }

        @Override
        CgroupDriver driver(CgroupFs fs) {
            return new BlkioThrottleDriver(fs);
        }

        @Override
        IoStatsSource stats(CgroupFs fs) {
            return new BlkioThrottleStats(fs);
        }

        @Override
        IoSignals signals(HostPaths paths, CgroupFs fs) {
            return HostSignals.v1(paths);
        }
    },
    V2 {
        @Override
        SimulatedNode node() {
            return SimulatedNode.v2();
        }

        @Override
        CgroupDriver driver(CgroupFs fs) {
            return new IoMaxDriver(fs);
        }

        @Override
        IoStatsSource stats(CgroupFs fs) {
            return new IoStat(fs);
        }

        @Override
        IoSignals signals(HostPaths paths, CgroupFs fs) {
            return HostSignals.v2(paths, fs);
        }
    };

    abstract SimulatedNode node();

    abstract CgroupDriver driver(CgroupFs fs);

    abstract IoStatsSource stats(CgroupFs fs);

    abstract IoSignals signals(HostPaths paths, CgroupFs fs);
}
