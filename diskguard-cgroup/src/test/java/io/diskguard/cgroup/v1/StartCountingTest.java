/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.cgroup.v1;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.model.CgroupPath;
import io.diskguard.model.DeviceId;
import io.diskguard.model.DiskActivity;
import io.diskguard.model.IoCounters;
import io.diskguard.model.IoPressure;
import io.diskguard.simulator.SimulatedCgroupFs;
import io.diskguard.spi.CounterMap;
import io.diskguard.spi.Errno;
import io.diskguard.spi.IoSignals;
import io.diskguard.spi.IoStatsSource.Counting;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Counting that has to be switched on, on the simulated kernel; on the real one see {@code RealCountingTest}. */
class StartCountingTest {
    private static final DeviceId DISK = new DeviceId(8, 0);
    private static final CgroupPath POD = new CgroupPath("/kubepods/pod1");
    private static final CgroupPath CGROUP = POD.child("c1");
    private static final IoCounters DONE = new IoCounters(4096, 8192, 1, 2);

    private final SimulatedCgroupFs fs = SimulatedCgroupFs.v1();
    private final BlkioThrottleStats stats = new BlkioThrottleStats(fs);
    private final CounterMap counters = new CounterMap();

    @BeforeEach
    void plugIn() {
        fs.addDisk(DISK);
        fs.makeAll(CGROUP);
    }

    @Test
    void aDiskIsCountedInEveryCgroupAndNothingOfOursStays() {
        fs.countIo(CGROUP, DISK, DONE);
        stats.sample(CGROUP, counters);
        assertThat(counters.counters()).isEmpty();

        assertThat(stats.startCounting(DISK)).isEqualTo(Counting.COUNTS);
        assertThat(fs.children(CgroupPath.ROOT)).containsExactly("kubepods");

        fs.countIo(CGROUP, DISK, DONE);
        stats.sample(CGROUP, counters);
        assertThat(counters.get(DISK)).contains(DONE);
    }

    @Test
    void aPodsCountersAreThoseOfItsContainers() {
        stats.startCounting(DISK);
        fs.countIo(CGROUP, DISK, DONE);

        stats.sample(POD, counters);

        assertThat(counters.get(DISK)).contains(DONE);
    }

    @Test
    void theKernelIsToldOnce() {
        stats.startCounting(DISK);
        stats.startCounting(DISK);
        new BlkioThrottleStats(fs).startCounting(DISK);

        assertThat(fs.writes()).isEqualTo(1);
    }

    @Test
    void aScratchCgroupLeftByAnInterruptedRunIsUsedAndRemoved() {
        fs.mkdir(CgroupPath.ROOT.child("diskguard"));

        assertThat(stats.startCounting(DISK)).isEqualTo(Counting.COUNTS);

        assertThat(fs.children(CgroupPath.ROOT)).containsExactly("kubepods");
    }

    @Test
    void aKernelThatCannotBeToldIsReportedWithItsReason() {
        fs.refuseWrites(Errno.EROFS);

        assertThat(stats.startCounting(DISK)).isInstanceOfSatisfying(Counting.Off.class, off -> assertThat(off.reason())
                .contains("8:0", "Read-only file system"));
    }

    @Test
    void whatIsNoDiskIsReportedAndNothingOfOursStays() {
        assertThat(stats.startCounting(new DeviceId(250, 1)))
                .isInstanceOfSatisfying(
                        Counting.Off.class, off -> assertThat(off.reason()).contains("No such device"));
        assertThat(fs.children(CgroupPath.ROOT)).containsExactly("kubepods");
    }

    @Test
    void aLookDoesNotSwitchCountingOn() {
        assertThat(stats.counting(DISK)).isInstanceOfSatisfying(Counting.Off.class, off -> assertThat(off.reason())
                .contains("8:0", "blkio.throttle.io_serviced_recursive"));
        assertThat(fs.writes()).isZero();

        stats.startCounting(DISK);
        assertThat(stats.counting(DISK)).isEqualTo(Counting.COUNTS);
    }

    @Test
    void aKernelThatCountsNothingOfWhatTheDiskDidIsSeenAndSaysWhatToDo() {
        var signals = new FixedSignals();
        var watched = new BlkioThrottleStats(fs, signals);
        watched.startCounting(DISK);
        for (var i = 1; i <= 2; i++) {
            assertThat(watched.counting(DISK)).isEqualTo(Counting.COUNTS);
            signals.did(5000);
        }

        assertThat(watched.counting(DISK))
                .isInstanceOfSatisfying(Counting.OnlyThrottled.class, only -> assertThat(only.reason())
                        .contains("8:0", "5000 operations", "default limit"));
    }

    @Test
    void aKernelThatCountsAllIsNotAccused() {
        var signals = new FixedSignals();
        var watched = new BlkioThrottleStats(fs, signals);
        watched.startCounting(DISK);
        for (var i = 1; i <= 5; i++) {
            assertThat(watched.counting(DISK)).isEqualTo(Counting.COUNTS);
            signals.did(5000);
            fs.countIo(CGROUP, DISK, new IoCounters(5000 * 4096, 0, 5000, 0));
        }
        assertThat(watched.counting(DISK)).isEqualTo(Counting.COUNTS);
    }

    @Test
    void aReadOnlyHierarchyThatCountsAlreadyIsEnough() {
        stats.startCounting(DISK);
        fs.refuseWrites(Errno.EROFS);

        assertThat(new BlkioThrottleStats(fs).startCounting(DISK)).isEqualTo(Counting.COUNTS);
    }

    private static final class FixedSignals implements IoSignals {
        private long operations;

        void did(long more) {
            operations += more;
        }

        @Override
        public Signal<DiskActivity> activity(DeviceId disk) {
            return new Signal.Known<>(new DiskActivity(operations, 8 * operations, 0, 0, 0, 0, 0, 0, 0));
        }

        @Override
        public Signal<IoPressure> ofCgroup(CgroupPath cgroup) {
            return new Signal.Gone<>();
        }

        @Override
        public Signal<IoPressure> ofNode() {
            return new Signal.Gone<>();
        }
    }
}
