/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.cgroup.v2;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import io.diskguard.cgroup.HostCgroupFs;
import io.diskguard.model.CgroupPath;
import io.diskguard.model.DeviceId;
import io.diskguard.model.DeviceLimits;
import io.diskguard.model.IoCounters;
import io.diskguard.model.IoLimit;
import io.diskguard.model.Rate;
import io.diskguard.spi.CgroupDriver.ReadResult;
import io.diskguard.spi.CounterMap;
import io.diskguard.spi.IoStatsSource.Sample;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.util.Map;
import org.junit.jupiter.api.Test;

class IoStatTest {
    private static final CgroupPath CGROUP = new CgroupPath("/a");

    private final FileSystem files = Jimfs.newFileSystem(Configuration.unix());
    private final HostCgroupFs fs = new HostCgroupFs(files.getPath("/cg"));
    private final CounterMap counters = new CounterMap();

    @Test
    void unknownKeysAndDisksWithoutFiguresArePassedOver() throws IOException {
        file("io.stat", """
                8:0 rbytes=1 wbytes=2 rios=3 wios=4 dbytes=5 dios=6 cost.usage=7 use_delay=0 depth=max
                253:0\s
                253:1 cost.usage=9
                7:1 7:2 rbytes=10 wbytes=20 rios=30 wios=40
                nonsense rbytes=1
                8:16 rbytes=99999999999999999999 new-key=x
                """);

        assertThat(counted())
                .isEqualTo(Map.of(
                        new DeviceId(8, 0), new IoCounters(1, 2, 3, 4),
                        new DeviceId(7, 2), new IoCounters(10, 20, 30, 40),
                        new DeviceId(8, 16), new IoCounters(Long.MAX_VALUE, 0, 0, 0)));
    }

    @Test
    void anEmptyFileCountsNothing() throws IOException {
        file("io.stat", "");

        assertThat(counted()).isEqualTo(Map.of());
    }

    @Test
    void aMissingFileIsNotAMissingCgroup() throws IOException {
        file("cgroup.procs", "");

        assertThat(new IoStat(fs).sample(CGROUP, counters)).isInstanceOf(Sample.Unavailable.class);
        assertThat(new IoStat(fs).sample(new CgroupPath("/b"), counters)).isEqualTo(new Sample.Gone());
        assertThat(new IoMaxDriver(fs).read(CGROUP)).isInstanceOf(ReadResult.ControllerOff.class);
        assertThat(new IoMaxDriver(fs).read(new CgroupPath("/b"))).isEqualTo(new ReadResult.Gone());
    }

    @Test
    void ioMaxIsReadLeniently() throws IOException {
        file("io.max", "8:0 rbps=max wbps=7 future=3 riops=max wiops=120\n8:16\n8:32 rbps=max\n");

        assertThat(new IoMaxDriver(fs).read(CGROUP))
                .isEqualTo(new ReadResult.Found(DeviceLimits.of(Map.of(
                        new DeviceId(8, 0),
                        new IoLimit(Rate.UNLIMITED, Rate.perSecond(120), Rate.UNLIMITED, Rate.perSecond(7))))));
    }

    private Map<DeviceId, IoCounters> counted() {
        assertThat(new IoStat(fs).sample(CGROUP, counters)).isEqualTo(Sample.COUNTED);
        return counters.counters();
    }

    private void file(String name, String content) throws IOException {
        Files.createDirectories(files.getPath("/cg/a"));
        Files.writeString(files.getPath("/cg/a", name), content);
    }
}
