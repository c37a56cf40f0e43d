/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.cgroup;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.cgroup.v1.BlkioThrottleStats;
import io.diskguard.model.CgroupPath;
import io.diskguard.model.DeviceId;
import io.diskguard.model.IoCounters;
import io.diskguard.spi.CounterMap;
import io.diskguard.spi.FsResult;
import io.diskguard.spi.IoStatsSource.Counting;
import io.diskguard.spi.IoStatsSource.Sample;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Switching counting on, on the kernel of this machine, where it has cgroup v1 and we are root; else skipped. The switch
 * is the disk's and stays: each test has a loop disk that never was before.
 */
class RealCountingTest {
    private static final int BLOCK = 4096;
    private static final int BLOCKS = 16;

    @TempDir
    Path directory;

    private final CgroupPath parent = CgroupPath.ROOT.child(
            "diskguard-counting-" + ProcessHandle.current().pid());
    private final CgroupPath early = parent.child("early");
    private final CgroupPath late = parent.child("late");
    private HostCgroupFs fs;
    private FreshLoopDisk disk;

    @BeforeEach
    void open() {
        fs = new HostCgroupFs(RealBlkio.mount());
        disk = FreshLoopDisk.attach(directory.resolve("image"));
        assertThat(fs.mkdir(parent)).isEqualTo(FsResult.OK);
        assertThat(fs.mkdir(early)).isEqualTo(FsResult.OK);
    }

    @AfterEach
    void close() {
        if (disk != null) {
            fs.rmdir(early);
            fs.rmdir(late);
            fs.rmdir(parent);
            disk.close();
        }
    }

    @Test
    void aFreshDiskHasNoLineUntilItIsToldToCountAndThenCountsInEveryCgroup() throws IOException {
        var stats = new BlkioThrottleStats(fs);
        write(early);
        assertThat(counted(stats, early)).doesNotContainKey(disk.number());

        assertThat(stats.startCounting(disk.number())).isEqualTo(Counting.COUNTS);

        assertThat(fs.exists(CgroupPath.ROOT.child("diskguard"))).isFalse();
        write(early);
        fs.mkdir(late);
        write(late);
        write(late);
        assertThat(counted(stats, early)).containsEntry(disk.number(), written(1));
        assertThat(counted(stats, late)).containsEntry(disk.number(), written(2));
        // They are the parent's too
        assertThat(counted(stats, parent)).containsEntry(disk.number(), written(3));
    }

    @Test
    void aDiskWithTheBfqSchedulerIsReadFromItsFiles() throws IOException {
        disk.schedule("bfq");
        var stats = new BlkioThrottleStats(fs);

        assertThat(stats.startCounting(disk.number())).isEqualTo(Counting.COUNTS);
        write(early);

        assertThat(counted(stats, early)).containsEntry(disk.number(), written(1));
    }

    private static IoCounters written(int times) {
        return new IoCounters(0, (long) times * BLOCK * BLOCKS, 0, (long) times * BLOCKS);
    }

    private Map<DeviceId, IoCounters> counted(BlkioThrottleStats stats, CgroupPath cgroup) {
        var counters = new CounterMap();
        assertThat(stats.sample(cgroup, counters)).isEqualTo(Sample.COUNTED);
        return counters.counters();
    }

    private void write(CgroupPath cgroup) throws IOException {
        disk.write(fs.mountPoint() + cgroup, BLOCK, BLOCKS);
    }
}
