/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.diskguard.cgroup.v1.BlkioThrottleDriverFactory;
import io.diskguard.model.CgroupPath;
import io.diskguard.model.DeviceId;
import io.diskguard.model.IoLimit;
import io.diskguard.model.Rate;
import io.diskguard.spi.CgroupDriver;
import io.diskguard.spi.Environment;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Writing one container's limit on one disk and reading it back, against the same system calls made by hand. */
final class WriteAndVerifyBenchmark {
    private static final int ROUNDS = 9;
    private static final int LIMITS = 2_000;
    private static final List<String> FILES = List.of("read_bps", "write_bps", "read_iops", "write_iops");

    private WriteAndVerifyBenchmark() {}

    public static void main(String[] args) throws IOException {
        var environment = Environment.system();
        var cgroup = CgroupPath.ROOT.child("diskguard-benchmark");
        try (var driver = new BlkioThrottleDriverFactory().create(environment);
                var disk = LoopDisk.make()) {
            var directory = Files.createDirectory(Path.of(driver.hierarchy().mountPoint(), cgroup.name()));
            try {
                measure(environment, driver, cgroup, directory, disk.device());
            } finally {
                Files.delete(directory);
            }
        }
    }

    private static void measure(
            Environment environment, CgroupDriver driver, CgroupPath cgroup, Path directory, DeviceId device)
            throws IOException {
        var ours = new double[ROUNDS];
        var raw = new double[ROUNDS];
        var ratios = new double[ROUNDS];
        // One more round than counted: the first warms up
        for (int round = -1; round < ROUNDS; round++) {
            long start = environment.ticker().nanos();
            for (int i = 1; i <= LIMITS; i++) {
                drive(driver, cgroup, device, i);
            }
            long between = environment.ticker().nanos();
            for (int i = 1; i <= LIMITS; i++) {
                byHand(directory, device, i);
            }
            long end = environment.ticker().nanos();
            if (round >= 0) {
                ours[round] = (between - start) / 1e3 / LIMITS;
                raw[round] = (end - between) / 1e3 / LIMITS;
                ratios[round] = ours[round] / raw[round];
            }
        }
        report("driver", ours);
        report("by hand", raw);
        Verdict.judge("driver / by hand", Verdict.median(ratios), 3, 1.5);
    }

    private static void drive(CgroupDriver driver, CgroupPath cgroup, DeviceId device, int value) {
        var rate = Rate.perSecond(value);
        var limit = new IoLimit(rate, rate, rate, rate);
        if (!(driver.apply(cgroup, device, limit) instanceof CgroupDriver.ApplyResult.Applied)
                || !(driver.read(cgroup) instanceof CgroupDriver.ReadResult.Found found)
                || !found.limits().get(device).equals(limit)) {
            throw new IllegalStateException("the kernel did not take " + limit);
        }
    }

    private static void byHand(Path directory, DeviceId device, int value) throws IOException {
        var line = (device + " " + value + "\n").getBytes(UTF_8);
        var buffer = new byte[4096];
        for (var file : FILES) {
            try (var out = new FileOutputStream(directory + "/blkio.throttle." + file + "_device")) {
                out.write(line);
            }
        }
        for (var file : FILES) {
            try (var in = new FileInputStream(directory + "/blkio.throttle." + file + "_device")) {
                while (in.read(buffer) > 0) {
                    // to the end of the file
                }
            }
        }
    }

    private static void report(String what, double[] micros) {
        Verdict.line(
                "%-8s median %.1f µs, %.1f to %.1f in %d rounds of %d",
                what,
                Verdict.median(micros),
                Verdict.percentile(micros, 0),
                Verdict.percentile(micros, 1),
                ROUNDS,
                LIMITS);
    }
}
