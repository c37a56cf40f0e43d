/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.benchmarks.library;

import io.diskguard.benchmarks.host.Interruption;
import io.diskguard.benchmarks.host.LoopDisk;
import io.diskguard.benchmarks.host.Waiting;
import io.diskguard.benchmarks.result.Budget;
import io.diskguard.benchmarks.result.Lines;
import io.diskguard.benchmarks.result.Sheet;
import io.diskguard.cgroup.v1.BlkioThrottleDriverFactory;
import io.diskguard.model.CgroupPath;
import io.diskguard.model.DeviceId;
import io.diskguard.model.IoLimit;
import io.diskguard.model.LimitKey;
import io.diskguard.model.Rate;
import io.diskguard.spi.CgroupDriver;
import io.diskguard.spi.Environment;
import io.diskguard.spi.Ticker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** How exact a limit of writes is: what the kernel counts of a container that writes past the page cache as fast as it may. */
final class AccuracyBenchmark {
    private static final Budget DEVIATION =
            new Budget("9", "a limit of 500 writes a second, how far off the kernel's count over 6 s is", "%", 3, 2);
    private static final long LIMIT = 500;
    private static final int STRETCHES = Sheet.isQuick() ? 1 : 5;
    private static final Duration STRETCH = Duration.ofSeconds(6);
    /** What the change of a limit itself does is over by then. */
    private static final Duration SETTLING = Duration.ofSeconds(5);

    private AccuracyBenchmark() {}

    public static void main(String[] args) throws IOException {
        var environment = Environment.system();
        var cgroup = CgroupPath.ROOT.child("diskguard-benchmark");
        Interruption.undoes();
        try (var sheet = new Sheet("Accuracy");
                var driver = new BlkioThrottleDriverFactory().create(environment);
                var disk = LoopDisk.make(1L << 30)) {
            var directory = Files.createDirectory(Path.of(driver.hierarchy().mountPoint(), cgroup.name()));
            try {
                var limit = IoLimit.UNLIMITED.with(LimitKey.WIOPS, Rate.perSecond(LIMIT));
                if (!(driver.apply(cgroup, disk.device(), limit) instanceof CgroupDriver.ApplyResult.Applied)) {
                    throw new IllegalStateException("the kernel did not take " + limit);
                }
                sheet.measured(DEVIATION, deviations(directory, disk, environment.ticker()));
            } finally {
                Files.delete(directory);
            }
        }
    }

    private static double[] deviations(Path directory, LoopDisk disk, Ticker ticker) throws IOException {
        var off = new double[STRETCHES];
        var writer = writer(directory, disk);
        try {
            Waiting.pause(writer, SETTLING);
            for (int i = 0; i < STRETCHES; i++) {
                var begin = ticker.nanos();
                var before = writes(directory, disk.device());
                Waiting.pause(writer, STRETCH);
                var rate = (writes(directory, disk.device()) - before) * 1e9 / (ticker.nanos() - begin);
                Lines.print("%.1f writes a second at %d", rate, LIMIT);
                off[i] = Math.abs(rate / LIMIT - 1) * 100;
            }
            return off;
        } finally {
            Waiting.end(writer);
        }
    }

    /** From the disk's beginning to its end, which is not reached in the time that this takes. */
    private static Process writer(Path directory, LoopDisk disk) throws IOException {
        var script = "echo $$ > '%s/cgroup.procs'; exec dd if=/dev/zero of=%s bs=4k oflag=direct status=none"
                .formatted(directory, disk.node());
        return new ProcessBuilder("sh", "-c", script)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static long writes(Path directory, DeviceId disk) throws IOException {
        return Files.readAllLines(directory.resolve("blkio.throttle.io_serviced")).stream()
                .filter(line -> line.startsWith(disk + " Write "))
                .mapToLong(line -> Long.parseLong(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }
}
