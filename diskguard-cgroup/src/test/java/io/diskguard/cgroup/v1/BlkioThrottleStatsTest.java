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
import io.diskguard.spi.IoStatsSource.Counting;
import io.diskguard.spi.IoStatsSource.Sample;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BlkioThrottleStatsTest {
    private static final CgroupPath CGROUP = new CgroupPath("/a");
    private static final String RECURSIVE_BYTES = "blkio.throttle.io_service_bytes_recursive";
    private static final String[] SCRAPS = {
        "8:0",
        "8:",
        ":0",
        "9:1",
        " ",
        "\n",
        "Read",
        "Write",
        "Total",
        "7",
        "-1",
        "99999999999999999999",
        "=",
        "\t",
        "\0"
    };

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
    void whatTheChildrenDidIsCountedWhereTheKernelSumsItUp() throws IOException {
        Files.createDirectories(files.getPath("/cg"));
        Files.writeString(files.getPath("/cg/" + RECURSIVE_BYTES), "Total 0\n");
        file("blkio.throttle.io_service_bytes", lines("8:0", 1, 1));
        file("blkio.throttle.io_serviced", lines("8:0", 1, 1));
        file(RECURSIVE_BYTES, lines("8:0", 4096, 8192));
        file("blkio.throttle.io_serviced_recursive", lines("8:0", 1, 2));

        assertThat(counted()).isEqualTo(Map.of(new DeviceId(8, 0), new IoCounters(4096, 8192, 1, 2)));
    }

    @Test
    void aDiskWhoseSchedulerCountsIsReadFromTheSchedulersFiles() throws IOException {
        for (var where : new String[] {"/cg", "/cg/a"}) {
            Files.createDirectories(files.getPath(where));
            write(where, RECURSIVE_BYTES, lines("8:0", 1, 1) + lines("253:0", 10, 20));
            write(where, "blkio.throttle.io_serviced_recursive", lines("8:0", 1, 1) + lines("253:0", 1, 2));
            write(where, "blkio.bfq.io_service_bytes_recursive", lines("8:0", 4096, 8192));
            write(where, "blkio.bfq.io_serviced_recursive", lines("8:0", 3, 4));
        }
        var stats = new BlkioThrottleStats(fs);

        assertThat(stats.startCounting(new DeviceId(8, 0))).isEqualTo(Counting.COUNTS);
        assertThat(stats.startCounting(new DeviceId(253, 0))).isEqualTo(Counting.COUNTS);

        assertThat(stats.sample(CGROUP, counters)).isEqualTo(Sample.COUNTED);
        assertThat(counters.counters())
                .isEqualTo(Map.of(
                        new DeviceId(8, 0), new IoCounters(4096, 8192, 3, 4),
                        new DeviceId(253, 0), new IoCounters(10, 20, 1, 2)));
    }

    @Test
    void garbageCostsNoMoreThanItsLine() throws IOException {
        var random = new Random(20_261_121);
        for (var round = 0; round < 2_000; round++) {
            var text = new StringBuilder();
            for (var i = random.nextInt(40); i > 0; i--) {
                text.append(SCRAPS[random.nextInt(SCRAPS.length)]);
            }
            file("blkio.throttle.io_service_bytes", text + "\n" + lines("8:0", 4096, 8192));
            file("blkio.throttle.io_serviced", lines("8:0", 1, 2) + text);

            assertThat(counted().get(new DeviceId(8, 0))).as(text.toString()).isNotNull();
        }
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
        write("/cg/a", name, content);
    }

    private void write(String directory, String name, String content) throws IOException {
        Files.writeString(files.getPath(directory, name), content);
    }
}
