/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.cgroup.v1;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import io.diskguard.cgroup.HostCgroupFs;
import io.diskguard.model.CgroupPath;
import io.diskguard.model.DeviceId;
import io.diskguard.model.IoCounters;
import io.diskguard.spi.CounterMap;
import io.diskguard.spi.IoStatsSource.Sample;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BlkioThrottleStatsTest {
    private static final CgroupPath CGROUP = new CgroupPath("/a");

    private final FileSystem files = Jimfs.newFileSystem(Configuration.unix());
    private final HostCgroupFs fs = new HostCgroupFs(files.getPath("/cg"));
    private final CounterMap counters = new CounterMap();

    @Test
    void bytesAndOperationsOfADiskComeFromTheTwoFiles() throws IOException {
        file("blkio.throttle.io_service_bytes", lines("8:0", 4096, 8192) + lines("259:3", 1, 2) + "Total 12291\n");
        file("blkio.throttle.io_serviced", lines("8:0", 1, 2) + lines("259:3", 3, 4) + "Total 10\n");

        assertThat(counted())
                .isEqualTo(Map.of(
                        new DeviceId(8, 0), new IoCounters(4096, 8192, 1, 2),
                        new DeviceId(259, 3), new IoCounters(1, 2, 3, 4)));
    }

    @Test
    void aDiskWithoutALineWasNotCounted() throws IOException {
        file("blkio.throttle.io_service_bytes", "Total 0\n");
        file("blkio.throttle.io_serviced", "Total 0\n");

        assertThat(counted()).isEqualTo(Map.of());
    }

    @Test
    void aVanishedCgroupIsGone() {
        assertThat(new BlkioThrottleStats(fs).sample(CGROUP, counters)).isEqualTo(new Sample.Gone());
    }

    private static String lines(String device, long read, long write) {
        return "%1$s Read %2$d\n%1$s Write %3$d\n%1$s Sync %2$d\n%1$s Async 0\n%1$s Discard 0\n%1$s Total %4$d\n"
                .formatted(device, read, write, read + write);
    }

    private Map<DeviceId, IoCounters> counted() {
        assertThat(new BlkioThrottleStats(fs).sample(CGROUP, counters)).isEqualTo(Sample.COUNTED);
        return counters.counters();
    }

    private void file(String name, String content) throws IOException {
        Files.createDirectories(files.getPath("/cg/a"));
        Files.writeString(files.getPath("/cg/a", name), content);
    }
}
