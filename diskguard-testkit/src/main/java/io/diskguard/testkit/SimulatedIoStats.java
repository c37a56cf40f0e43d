/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.testkit;

import io.diskguard.model.CgroupPath;
import io.diskguard.model.IoCounters;
import io.diskguard.simulator.Operation;
import io.diskguard.spi.CgroupFs;
import io.diskguard.spi.Errno;
import io.diskguard.spi.IoStatsSource;
import java.util.List;
import java.util.function.Function;

/** A source that reads the simulated kernel. */
public final class SimulatedIoStats implements IoStatsFixture {
    private final SimulatedCgroups cgroups;
    private final IoStatsSource source;

    private SimulatedIoStats(SimulatedCgroups cgroups, IoStatsSource source) {
        this.cgroups = cgroups;
        this.source = source;
    }

    /** On cgroup v1 as Linux 6.10 and later have it: nothing is counted on a disk before a rule was written for it. */
    public static SimulatedIoStats v1(Function<CgroupFs, IoStatsSource> source) {
        var cgroups = SimulatedCgroups.v1();
        return new SimulatedIoStats(cgroups, source.apply(cgroups.fs()));
    }

    /** On cgroup v1 as it was before: every disk is counted from the start. */
    public static SimulatedIoStats countingV1(Function<CgroupFs, IoStatsSource> source) {
        var fixture = v1(source);
        var cgroups = fixture.cgroups;
        for (var disk : List.of(cgroups.disk(), cgroups.otherDisk())) {
            cgroups.fs().write(cgroups.parent(), "blkio.throttle.read_bps_device", disk + " 0");
        }
        return fixture;
    }

    /** On cgroup v2. */
    public static SimulatedIoStats v2(Function<CgroupFs, IoStatsSource> source) {
        var cgroups = SimulatedCgroups.v2();
        return new SimulatedIoStats(cgroups, source.apply(cgroups.fs()));
    }

    @Override
    public IoStatsSource source() {
        return source;
    }

    @Override
    public SimulatedCgroups cgroups() {
        return cgroups;
    }

    @Override
    public void read(CgroupPath cgroup, int times, int bytes) {
        cgroups.fs().countIo(cgroup, cgroups.disk(), new IoCounters((long) times * bytes, 0, times, 0));
    }

    @Override
    public void write(CgroupPath cgroup, int times, int bytes) {
        cgroups.fs().countIo(cgroup, cgroups.disk(), new IoCounters(0, (long) times * bytes, 0, times));
    }

    @Override
    public boolean breakReads() {
        cgroups.fs().faults().fail(Operation.READ, "**", Errno.EACCES);
        return true;
    }

    @Override
    public void close() {
        source.close();
        cgroups.close();
    }
}
