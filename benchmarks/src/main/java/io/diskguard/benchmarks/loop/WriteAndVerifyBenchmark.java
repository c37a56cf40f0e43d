/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.benchmarks.loop;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.management.ThreadMXBean;
import io.diskguard.benchmarks.host.Interruption;
import io.diskguard.benchmarks.host.LoopDisk;
import io.diskguard.benchmarks.result.Budget;
import io.diskguard.benchmarks.result.Lines;
import io.diskguard.benchmarks.result.Sheet;
import io.diskguard.benchmarks.result.Spread;
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
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Writing one container's limit on one disk and reading it back, against the same system calls made by hand. Public for JMH. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class WriteAndVerifyBenchmark {
    private static final Budget RATIO =
            new Budget("2", "writing and verifying a container's limit on a disk", "× the raw write plus read", 3, 1.5);
    private static final int BY_HAND = 2_000;
    private static final List<String> FILES = List.of("read_bps", "write_bps", "read_iops", "write_iops");

    /** Of the container, below the mount point. */
    @Param("")
    public String cgroup;

    /** Of the disk, as {@code 7:0}. */
    @Param("")
    public String device;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final CgroupDriver driver = new BlkioThrottleDriverFactory().create(Environment.system());
    private final Turns turns = new Turns();
    private int value;

    public static void main(String[] args) throws IOException {
        Interruption.undoes();
        var cgroup = CgroupPath.ROOT.child("diskguard-benchmark");
        try (var sheet = new Sheet("WriteAndVerify");
                var driver = new BlkioThrottleDriverFactory().create(Environment.system());
                var disk = LoopDisk.make()) {
            var directory = Files.createDirectory(directory(driver, cgroup));
            try {
                var forks = Forks.run(
                        WriteAndVerifyBenchmark.class,
                        Map.of("cgroup", cgroup.value(), "device", disk.device().toString()));
                Lines.print("%.1f µs each", Spread.of(forks.means()).median());
                sheet.measured(RATIO, forks.counted("ratio"));
            } finally {
                Files.delete(directory);
            }
        }
    }

    @TearDown
    public void close() {
        driver.close();
    }

    @Setup(Level.Iteration)
    public void before() {
        turns.begin(this::nanosByHand);
    }

    @Benchmark
    public void drive() {
        turns.operation();
        var path = new CgroupPath(cgroup);
        var disk = DeviceId.parse(device).orElseThrow();
        var rate = Rate.perSecond(next());
        var limit = new IoLimit(rate, rate, rate, rate);
        if (!(driver.apply(path, disk, limit) instanceof CgroupDriver.ApplyResult.Applied)
                || !(driver.read(path) instanceof CgroupDriver.ReadResult.Found found)
                || !found.limits().get(disk).equals(limit)) {
            throw new IllegalStateException("the kernel did not take " + limit);
        }
    }

    @TearDown(Level.Iteration)
    public void after(Ratio ratio) {
        ratio.ratio = turns.end(this::nanosByHand);
    }

    /** Never the same twice. */
    private int next() {
        value = value % 1_000_000 + 1;
        return value;
    }

    private double nanosByHand() {
        var directory = directory(driver, new CgroupPath(cgroup));
        var begin = threads.getCurrentThreadCpuTime();
        try {
            for (int i = 0; i < BY_HAND; i++) {
                byHand(directory);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return (double) (threads.getCurrentThreadCpuTime() - begin) / BY_HAND;
    }

    private void byHand(Path directory) throws IOException {
        var line = (device + " " + next() + "\n").getBytes(UTF_8);
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

    private static Path directory(CgroupDriver driver, CgroupPath cgroup) {
        return Path.of(driver.hierarchy().mountPoint() + cgroup.value());
    }
}
