/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.model.CgroupPath;
import io.diskguard.model.DeviceId;
import io.diskguard.model.IoCounters;
import io.diskguard.spi.CgroupWatch.Event;
import io.diskguard.spi.Errno;
import io.diskguard.spi.FsResult;
import io.diskguard.spi.ReadBuffer;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What the answers kit of the testkit cannot see: counters, faults, overflow, the runtime's side. */
class SimulatedCgroupFsTest {
    private static final DeviceId DISK = new DeviceId(8, 0);
    private static final CgroupPath A = new CgroupPath("/a");
    private static final CgroupPath AB = new CgroupPath("/a/b");
    private static final String BPS = "blkio.throttle.read_bps_device";
    private static final String SERVICED = "blkio.throttle.io_serviced";

    @Test
    void v1CountsADiskOnlyAfterARuleWasWrittenForItAnywhere() {
        var fs = with(SimulatedCgroupFs.v1());
        fs.countIo(AB, DISK, new IoCounters(4096, 0, 1, 0));
        assertThat(read(fs, AB, SERVICED)).isEqualTo("Total 0\n");

        fs.makeAll(new CgroupPath("/scratch"));
        fs.write(new CgroupPath("/scratch"), BPS, DISK + " 0");
        fs.rmdir(new CgroupPath("/scratch"));
        fs.countIo(AB, DISK, new IoCounters(8192, 4096, 2, 1));

        assertThat(read(fs, AB, SERVICED))
                .isEqualTo("8:0 Read 2\n8:0 Write 1\n8:0 Sync 3\n8:0 Async 0\n8:0 Discard 0\n8:0 Total 3\nTotal 3\n");
        assertThat(read(fs, AB, "blkio.throttle.io_service_bytes")).contains("8:0 Read 8192\n", "8:0 Write 4096\n");
        assertThat(read(fs, A, SERVICED)).contains("8:0 Total 0\n");
        assertThat(read(fs, A, SERVICED + "_recursive")).contains("8:0 Total 3\n");
    }

    @Test
    void v2CountsUpTheTreeAndKeepsWhatAVanishedChildDid() {
        var fs = with(SimulatedCgroupFs.v2());
        fs.countIo(AB, DISK, new IoCounters(8192, 4096, 2, 1));
        fs.rmdir(AB);

        assertThat(read(fs, A, "io.stat")).isEqualTo("8:0 rbytes=8192 wbytes=4096 rios=2 wios=1 dbytes=0 dios=0\n");
    }

    @Test
    void v1TakesAnEmptyWriteForNothing() {
        var fs = with(SimulatedCgroupFs.v1());

        assertThat(fs.write(A, BPS, "")).isEqualTo(FsResult.OK);
        assertThat(read(fs, A, BPS)).isEmpty();
    }

    @Test
    void v2GivesTheControllerOnlyDownTheTree() {
        var fs = SimulatedCgroupFs.v2();
        fs.makeBare(AB);
        assertThat(fs.exists(A, "io.max")).isFalse();
        assertThat(fs.write(A, "cgroup.subtree_control", "+io").is(Errno.ENOENT))
                .isTrue();

        fs.write(CgroupPath.ROOT, "cgroup.subtree_control", "+io");
        assertThat(fs.exists(A, "io.max")).isTrue();
        assertThat(read(fs, A, "cgroup.controllers")).contains("io");
        assertThat(fs.exists(AB, "io.max")).isFalse();
        assertThat(fs.write(A, "cgroup.subtree_control", "+io").isOk()).isTrue();
        assertThat(fs.exists(AB, "io.max")).isTrue();
        assertThat(fs.write(CgroupPath.ROOT, "cgroup.subtree_control", "-io").is(Errno.EBUSY))
                .isTrue();
    }

    @Test
    void aCgroupWithChildrenIsNotRemovedAlone() {
        var fs = with(SimulatedCgroupFs.v1());

        assertThat(fs.rmdir(A).is(Errno.EBUSY)).isTrue();
        fs.rmdirRecursive(A);
        assertThat(fs.exists(AB)).isFalse();
        assertThat(fs.children(CgroupPath.ROOT)).isEmpty();
    }

    @Test
    void faultsAreInjectedAndTakenBack() {
        var fs = with(SimulatedCgroupFs.v1());

        fs.refuseWrites(Errno.EROFS);
        assertThat(fs.write(A, BPS, DISK + " 100").is(Errno.EROFS)).isTrue();
        assertThat(fs.setAttribute(A, "x", "1").is(Errno.EROFS)).isTrue();
        assertThat(read(fs, A, BPS)).isEmpty();

        fs.refuseNothing();
        fs.refuseAttributes(Errno.EOPNOTSUPP);
        assertThat(fs.write(A, BPS, DISK + " 100").isOk()).isTrue();
        assertThat(fs.setAttribute(A, "x", "1").is(Errno.EOPNOTSUPP)).isTrue();

        fs.refuseWatches();
        assertThat(fs.openWatch()).isEmpty();
    }

    @Test
    void aDiskThatIsPulledOutTakesItsLimitsAlong() {
        var fs = with(SimulatedCgroupFs.v1());
        fs.write(AB, BPS, DISK + " 100");

        fs.removeDisk(DISK);

        assertThat(read(fs, AB, BPS)).isEmpty();
        assertThat(fs.write(AB, BPS, DISK + " 100").is(Errno.ENODEV)).isTrue();
    }

    @Test
    void moreEventsThanAWatchHoldsLeaveOneOverflow() throws InterruptedException {
        var fs = with(SimulatedCgroupFs.v1());
        try (var watch = fs.openWatch().orElseThrow()) {
            watch.watch(A);
            for (var i = 0; i < 513; i++) {
                fs.makeAll(A.child("c" + i));
            }

            assertThat(watch.take(Duration.ZERO)).contains(new Event.Overflow(A));
            assertThat(watch.take(Duration.ZERO)).isEmpty();
            fs.makeAll(A.child("after"));
            assertThat(watch.take(Duration.ZERO)).contains(new Event.Appeared(A.child("after")));
        }
    }

    @Test
    void aClosedWatchWakesItsTaker() throws Exception {
        var fs = with(SimulatedCgroupFs.v1());
        var watch = fs.openWatch().orElseThrow();
        watch.watch(A);
        var closer = new Thread(watch::close);

        closer.start();

        assertThat(watch.take(Duration.ofMinutes(5))).isEmpty();
        closer.join();
    }

    private static SimulatedCgroupFs with(SimulatedCgroupFs fs) {
        fs.addDisk(DISK);
        fs.makeAll(AB);
        return fs;
    }

    private static String read(SimulatedCgroupFs fs, CgroupPath cgroup, String file) {
        var buffer = new ReadBuffer();
        assertThat(fs.read(cgroup, file, buffer)).isEqualTo(FsResult.OK);
        return buffer.text();
    }
}
