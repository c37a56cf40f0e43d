/* SPDX-License-Identifier: Apache-2.0 */
/** cgroup v1 and v2 drivers, IO statistics, kubepods paths and the cgroup tree watch. */
module io.diskguard.cgroup {
    requires transitive io.diskguard.core;
    requires org.slf4j;
    requires static transitive org.jspecify;

    exports io.diskguard.cgroup;
    exports io.diskguard.cgroup.signal;
    exports io.diskguard.cgroup.tree;
    exports io.diskguard.cgroup.v1;
    exports io.diskguard.cgroup.v2;

    provides io.diskguard.spi.CgroupDriver.Factory with
            io.diskguard.cgroup.v1.BlkioThrottleDriverFactory,
            io.diskguard.cgroup.v2.IoMaxDriverFactory;
    provides io.diskguard.spi.IoStatsSource.Factory with
            io.diskguard.cgroup.v1.BlkioThrottleStatsFactory,
            io.diskguard.cgroup.v2.IoStatFactory;
    provides io.diskguard.spi.RuntimeResolver.Factory with
            io.diskguard.cgroup.tree.TreeScanResolverFactory;
}
