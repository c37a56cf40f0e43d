/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import io.diskguard.cgroup.HostCgroupFs;
import io.diskguard.cgroup.v1.BlkioThrottleStats;
import io.diskguard.cgroup.v2.IoStat;
import io.diskguard.model.CgroupPath;
import io.diskguard.spi.IoStatsSource;
import io.diskguard.spi.IoStatsSource.Sample;
import io.diskguard.spi.IoStatsSource.Sink;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node samples a thousand cgroups a tick: what each file leaves to the collector is counted, not guessed. */
class SamplingGarbageTest {
    private static final int CGROUPS = 50;
    private static final int ROUNDS = 20;
    private static final double BYTES_MAX = 200;
    private static final Sink SINK = (disk, rbytes, wbytes, rios, wios) -> {};

    @TempDir
    Path mount;

    private final List<CgroupPath> cgroups = new ArrayList<>();

    @BeforeEach
    void fill() throws IOException {
        for (var i = 0; i < CGROUPS; i++) {
            var cgroup = CgroupPath.ROOT.child("kubepods-burstable-pod%08x.slice".formatted(i));
            var directory = Files.createDirectory(mount.resolve(cgroup.name()));
            Files.writeString(directory.resolve("io.stat"), """
                    8:0 rbytes=4096 wbytes=8192 rios=1 wios=2 dbytes=0 dios=0
                    259:3 rbytes=4096 wbytes=8192 rios=1 wios=2 dbytes=0 dios=0
                    """);
            for (var file : new String[] {"blkio.throttle.io_service_bytes", "blkio.throttle.io_serviced"}) {
                Files.writeString(
                        directory.resolve(file),
                        "8:0 Read 1\n8:0 Write 2\n8:0 Total 3\n259:3 Read 1\n259:3 Write 2\nTotal 6\n");
            }
            cgroups.add(cgroup);
        }
    }

    @Test
    void aFileOfTheSecondVersionLeavesNextToNothing() {
        assertThat(garbage(new IoStat(new HostCgroupFs(mount)))).isLessThanOrEqualTo(BYTES_MAX);
    }

    @Test
    void theTwoFilesOfTheFirstVersionLeaveNextToNothing() {
        assertThat(garbage(new BlkioThrottleStats(new HostCgroupFs(mount))) / 2).isLessThanOrEqualTo(BYTES_MAX);
    }

    /** Bytes for each cgroup, once everything is warm. */
    private double garbage(IoStatsSource stats) {
        assumeTrue(ManagementFactory.getThreadMXBean() instanceof ThreadMXBean, "not a HotSpot JVM");
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        sample(stats);
        var before = threads.getCurrentThreadAllocatedBytes();
        sample(stats);
        return (double) (threads.getCurrentThreadAllocatedBytes() - before) / ROUNDS / CGROUPS;
    }

    private void sample(IoStatsSource stats) {
        for (var round = 0; round < ROUNDS; round++) {
            for (var i = 0; i < CGROUPS; i++) {
                if (!(stats.sample(cgroups.get(i), SINK) instanceof Sample.Counted)) {
                    throw new AssertionError(cgroups.get(i) + " was not counted");
                }
            }
        }
    }
}
