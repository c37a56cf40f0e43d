/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.cgroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.diskguard.cgroup.signal.HostSignals;
import io.diskguard.model.CgroupPath;
import io.diskguard.model.DeviceId;
import io.diskguard.model.DiskActivity;
import io.diskguard.spi.FsResult;
import io.diskguard.spi.HostPaths;
import io.diskguard.spi.IoSignals.Signal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On the kernel of this machine, as far as it has what is asked for. */
class RealSignalsTest {
    private final HostPaths paths = HostPaths.host();

    @Test
    void whatADiskDidShowsInItsActivity(@TempDir Path directory) throws IOException {
        var mount = RealBlkio.mount();
        var signals = HostSignals.v1(paths);
        final DeviceId number;
        try (var disk = FreshLoopDisk.attach(directory.resolve("image"))) {
            number = disk.number();
            var before = known(signals.activity(number));

            disk.write(mount.toString(), 4096, 32);

            var rates = known(signals.activity(number))
                    .since(before, Duration.ofSeconds(2))
                    .orElseThrow();
            assertThat(rates.wiops()).isEqualTo(16);
            assertThat(rates.wbps()).isEqualTo(65_536);
            assertThat(rates.utilisation()).isBetween(0.0, 1.0);
            assertThat(rates.awaitMillis()).isPresent();
        }
        assertThat(signals.activity(number)).isEqualTo(new Signal.Gone<>());
    }

    @Test
    void theNodesPressureOnlyGrows() {
        var signals = HostSignals.v1(paths);
        assumeTrue(Files.isReadable(paths.proc().resolve("pressure/io")), "kernel without CONFIG_PSI");

        var first = signals.ofNode().toOptional().orElseThrow();
        var second = signals.ofNode().toOptional().orElseThrow();

        assertThat(second.some().totalMicros())
                .isGreaterThanOrEqualTo(first.some().totalMicros());
        assertThat(second.some().avg10()).isBetween(0.0, 100.0);
    }

    @Test
    void aCgroupsPressureIsThereUntilItIsSwitchedOff() {
        var v2 = paths.sys().resolve("fs/cgroup/unified");
        assumeTrue(Files.isWritable(v2.resolve("cgroup.procs")), "no writable cgroup v2 beside v1");
        var fs = new HostCgroupFs(v2);
        var signals = HostSignals.v2(paths, fs);
        var cgroup = CgroupPath.ROOT.child(
                "diskguard-signals-" + ProcessHandle.current().pid());
        assertThat(fs.mkdir(cgroup)).isEqualTo(FsResult.OK);
        try {
            assumeTrue(fs.exists(cgroup, "cgroup.pressure"), "kernel before 6.1, or without CONFIG_PSI");
            assertThat(signals.ofCgroup(cgroup)).isInstanceOf(Signal.Known.class);

            fs.write(cgroup, "cgroup.pressure", "0");

            assertThat(signals.ofCgroup(cgroup))
                    .isEqualTo(new Signal.Unavailable<>("cgroup.pressure of " + cgroup + " is 0: switched off"));
        } finally {
            fs.rmdir(cgroup);
        }
        assertThat(signals.ofCgroup(cgroup)).isEqualTo(new Signal.Gone<>());
    }

    private static DiskActivity known(Signal<DiskActivity> result) {
        assertThat(result).isInstanceOf(Signal.Known.class);
        return result.toOptional().orElseThrow();
    }
}
