/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.cgroup.signal;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import io.diskguard.cgroup.HostCgroupFs;
import io.diskguard.model.CgroupPath;
import io.diskguard.model.DeviceId;
import io.diskguard.model.DiskActivity;
import io.diskguard.model.IoPressure;
import io.diskguard.simulator.SimulatedCgroupFs;
import io.diskguard.spi.HostPaths;
import io.diskguard.spi.IoSignals.Signal;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HostSignalsTest {
    private static final CgroupPath CGROUP = new CgroupPath("/kubepods/pod1/c1");
    private static final DeviceId DISK = new DeviceId(254, 0);
    private static final String PRESSURE = """
            some avg10=0.67 avg60=1.24 avg300=12.64 total=266838947
            full avg10=0.53 avg60=0.95 avg300=0.78 total=178842747
            """;
    private static final IoPressure KNOWN = new IoPressure(
            new IoPressure.Share(0.67, 1.24, 12.64, 266_838_947), new IoPressure.Share(0.53, 0.95, 0.78, 178_842_747));
    private static final String STAT =
            "  215699    35553  9784346   216937  1815568   109486 21884680   183905        2   131092   409096    57850       15  8797096     8174     1862       78\n";
    private static final String[] SCRAPS = {
        "some",
        "full",
        "avg10=",
        "avg60=1.5",
        "avg300=.",
        "total=7",
        "1.",
        ".5",
        "-1",
        "\n",
        " ",
        "\t",
        "=",
        "\0",
        "9".repeat(30)
    };

    private final FileSystem files = Jimfs.newFileSystem(Configuration.unix());
    private final HostPaths paths = HostPaths.in(files);
    private final SimulatedCgroupFs fs = SimulatedCgroupFs.v2(paths);
    private final HostSignals signals = HostSignals.v2(paths, fs);

    @Test
    void theNodesPressureIsReadAsTheKernelWritesIt() throws IOException {
        node(PRESSURE);

        assertThat(signals.ofNode()).isEqualTo(new Signal.Known<>(KNOWN));
    }

    @Test
    void wordsOfALaterKernelArePassedOver() throws IOException {
        node("most avg10=1 total=3\nfull new=x avg10=0.53 avg60=0.95 avg300=0.78 total=178842747\n\n"
                + "some avg10=0.67 avg60=1.24 avg300=12.64 avg900=1.00 total=266838947");

        assertThat(signals.ofNode()).isEqualTo(new Signal.Known<>(KNOWN));
    }

    @Test
    void aNodeWithoutPressureSaysWhatTheKernelLacks() {
        assertThat(signals.ofNode())
                .isInstanceOfSatisfying(Signal.Unavailable.class, unavailable -> assertThat(unavailable.reason())
                        .contains("/proc/pressure/io", "CONFIG_PSI"));
    }

    @Test
    void aCgroupsPressureIsItsOwn() {
        fs.makeAll(CGROUP);
        fs.setPressure(CGROUP, PRESSURE);

        assertThat(signals.ofCgroup(CGROUP)).isEqualTo(new Signal.Known<>(KNOWN));
        assertThat(signals.ofCgroup(new CgroupPath("/kubepods")).toOptional())
                .hasValueSatisfying(
                        known -> assertThat(known.some().totalMicros()).isZero());
    }

    @Test
    void aVanishedCgroupIsGone() {
        fs.makeAll(CGROUP);
        signals.ofCgroup(CGROUP);
        fs.rmdir(CGROUP);

        assertThat(signals.ofCgroup(CGROUP)).isEqualTo(new Signal.Gone<>());
    }

    @Test
    void aCgroupWhosePressureIsSwitchedOffSaysSo() throws IOException {
        var directory = Files.createDirectories(files.getPath("/cg/a"));
        Files.writeString(directory.resolve("cgroup.pressure"), "0\n");
        var host = HostSignals.v2(paths, new HostCgroupFs(files.getPath("/cg")));

        assertThat(host.ofCgroup(new CgroupPath("/a")))
                .isEqualTo(new Signal.Unavailable<>("cgroup.pressure of /a is 0: switched off"));
    }

    @Test
    void theFirstVersionHasNoPressureOfACgroup() {
        assertThat(HostSignals.v1(paths).ofCgroup(CGROUP)).isInstanceOf(Signal.Unavailable.class);
    }

    @Test
    void aDisksActivityIsReadAsTheKernelWritesIt() throws IOException {
        stat(STAT);
        var known = new DiskActivity(215_699, 9_784_346, 216_937, 1_815_568, 21_884_680, 183_905, 2, 131_092, 409_096);

        assertThat(signals.activity(DISK)).isEqualTo(new Signal.Known<>(known));

        // Linux before 4.18 has no discards
        stat(STAT.substring(0, 99) + "\n");
        assertThat(signals.activity(DISK)).isEqualTo(new Signal.Known<>(known));
    }

    @Test
    void aCounterBeyondSixtyThreeBitsIsKept() throws IOException {
        stat("1 0 18446744073709551615 0 0 0 0 0 0 0 0\n");

        assertThat(signals.activity(DISK)).isEqualTo(new Signal.Known<>(new DiskActivity(1, -1, 0, 0, 0, 0, 0, 0, 0)));
    }

    @Test
    void aDiskThatWasPulledOutIsGone() throws IOException {
        stat(STAT);
        signals.activity(DISK);
        Files.delete(files.getPath("/sys/dev/block/254:0/stat"));

        assertThat(signals.activity(DISK)).isEqualTo(new Signal.Gone<>());
    }

    @Test
    void garbageIsSaidToBeGarbage() throws IOException {
        var random = new Random(20_261_121);
        for (var round = 0; round < 2_000; round++) {
            var text = new StringBuilder();
            for (var i = random.nextInt(30); i > 0; i--) {
                text.append(SCRAPS[random.nextInt(SCRAPS.length)]);
            }
            node(text.toString());
            stat(text.toString());

            assertThat(signals.ofNode()).isInstanceOf(Signal.Unavailable.class);
            assertThat(signals.activity(DISK)).isInstanceOf(Signal.Unavailable.class);
        }
    }

    private void node(String text) throws IOException {
        Files.createDirectories(files.getPath("/proc/pressure"));
        Files.writeString(files.getPath("/proc/pressure/io"), text);
    }

    private void stat(String text) throws IOException {
        Files.createDirectories(files.getPath("/sys/dev/block/254:0"));
        Files.writeString(files.getPath("/sys/dev/block/254:0/stat"), text);
    }
}
