/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.demo;

import io.diskguard.agent.report.TextTable;
import io.diskguard.model.CgroupPath;
import io.diskguard.model.DeviceId;
import io.diskguard.model.IoCounters;
import io.diskguard.model.IoLimit;
import io.diskguard.simulator.SimulatedNode;
import io.diskguard.spi.CgroupDriver;
import io.diskguard.spi.CounterMap;
import io.diskguard.spi.IoStatsSource;
import java.io.PrintWriter;
import java.time.Duration;

/** What pods do on the disk in the last second and what they may do, from the kernel's own files. Not thread-safe. */
final class RateTable {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final IoCounters NOTHING = new IoCounters(0, 0, 0, 0);

    private final SimulatedNode node;
    private final IoStatsSource stats;
    private final CgroupDriver driver;
    private final DeviceId disk;
    private final PrintWriter out;

    RateTable(SimulatedNode node, IoStatsSource stats, CgroupDriver driver, DeviceId disk, PrintWriter out) {
        this.node = node;
        this.stats = stats;
        this.driver = driver;
        this.disk = disk;
        this.out = out;
    }

    /** Lets a second pass and prints what happened in it. */
    void print(DemoPod... pods) {
        var before = new IoCounters[pods.length];
        for (var at = 0; at < pods.length; at++) {
            before[at] = counters(cgroup(pods[at]));
        }
        node.advance(SECOND);
        var table = new TextTable("  POD", "READS/S", "LIMIT", "WRITES/S", "LIMIT");
        for (var at = 0; at < pods.length; at++) {
            var cgroup = cgroup(pods[at]);
            var now = counters(cgroup);
            var limit = limit(cgroup);
            table.row(
                    "  " + pods[at].name(),
                    Long.toString(now.rios() - before[at].rios()),
                    limit.riops().toString(),
                    Long.toString(now.wios() - before[at].wios()),
                    limit.wiops().toString());
        }
        out.print(table);
        out.flush();
    }

    private CgroupPath cgroup(DemoPod pod) {
        return node.cgroupOf(pod.id()).orElseThrow();
    }

    private IoCounters counters(CgroupPath cgroup) {
        var counters = new CounterMap();
        stats.sample(cgroup, counters);
        return counters.get(disk).orElse(NOTHING);
    }

    private IoLimit limit(CgroupPath cgroup) {
        return driver.read(cgroup) instanceof CgroupDriver.ReadResult.Found found
                ? found.limits().get(disk)
                : IoLimit.UNLIMITED;
    }
}
