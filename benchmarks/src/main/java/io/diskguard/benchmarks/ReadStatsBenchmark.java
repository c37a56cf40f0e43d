/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.benchmarks;

import com.sun.management.ThreadMXBean;
import io.diskguard.cgroup.CgroupLayout;
import io.diskguard.cgroup.v1.BlkioThrottleStats;
import io.diskguard.cgroup.v2.IoStat;
import io.diskguard.spi.Environment;
import io.diskguard.spi.IoStatsSource;
import io.diskguard.spi.Ticker;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;

/**
 * Reading the counters of 1,000 containers, a tick: open, read, parse, hand over, close; against the same loop in C where
 * there is a compiler, round by round in turn. Once with v2's {@code io.stat} as regular files, in memory where possible,
 * and once with the two files of v1 on the real kernel.
 */
final class ReadStatsBenchmark {
    private static final int ROUNDS = 9;
    private static final int TICKS = 10;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final Ticker ticker;
    private long seen;

    private ReadStatsBenchmark(Ticker ticker) {
        this.ticker = ticker;
    }

    public static void main(String[] args) throws IOException {
        var environment = Environment.system();
        var shared = Path.of("/dev/shm");
        var directory = Files.isWritable(shared)
                ? Files.createTempDirectory(shared, "diskguard-benchmark-")
                : Files.createTempDirectory("diskguard-benchmark-");
        try {
            var program = CLoop.compile(directory);
            var benchmark = new ReadStatsBenchmark(environment.ticker());
            try (var tree = StatTree.likeV2(Files.createDirectory(directory.resolve("v2")))) {
                benchmark.measure("io.stat", tree, new IoStat(tree.fs()), program, directory);
            }
            if (CgroupLayout.of(environment.paths()) instanceof CgroupLayout.V1 v1) {
                try (var disk = LoopDisk.make();
                        var tree = StatTree.v1(v1.mount(), disk.device())) {
                    benchmark.measure(
                            "blkio.throttle, real", tree, new BlkioThrottleStats(tree.fs()), program, directory);
                }
            }
        } finally {
            remove(directory);
        }
    }

    private void measure(String what, StatTree tree, IoStatsSource stats, Optional<Path> program, Path directory)
            throws IOException {
        var files = tree.files().size();
        var java = new Times(files);
        var inC = new Times(files);
        var garbage = new double[ROUNDS];
        try (var c = program.isPresent() ? CLoop.start(program.get(), directory, tree.files(), TICKS) : null) {
            // More rounds than counted: the first warm up
            for (var round = -3; round < ROUNDS; round++) {
                if (c != null) {
                    inC.set(round, c.round());
                }
                var allocated = threads.getCurrentThreadAllocatedBytes();
                java.set(round, round(tree, stats));
                if (round >= 0) {
                    garbage[round] = (double) (threads.getCurrentThreadAllocatedBytes() - allocated) / TICKS / files;
                }
            }
        }
        java.report(what + ", Java");
        if (program.isPresent()) {
            inC.report(what + ", C");
            var ratios = new double[ROUNDS];
            Arrays.setAll(ratios, round -> java.cpu[round] / inC.cpu[round]);
            Verdict.line(
                    "%s: Java / C by round %.2f to %.2f",
                    what, Verdict.percentile(ratios, 0), Verdict.percentile(ratios, 1));
            Verdict.judge(what + ": Java / C", Verdict.median(java.cpu) / Verdict.median(inC.cpu), 2.5, 2);
        } else {
            Verdict.line("no C compiler (cc) here: nothing to compare with");
        }
        Verdict.judge(what + ": bytes of garbage a file", Verdict.median(garbage), 200, 200);
    }

    private CLoop.Round round(StatTree tree, IoStatsSource stats) {
        var cpu = threads.getCurrentThreadCpuTime();
        var start = ticker.nanos();
        for (var tick = 0; tick < TICKS; tick++) {
            tick(tree, stats);
        }
        return new CLoop.Round(ticker.nanos() - start, threads.getCurrentThreadCpuTime() - cpu);
    }

    private void tick(StatTree tree, IoStatsSource stats) {
        for (var cgroup : tree.cgroups()) {
            var sample = stats.sample(cgroup, (disk, rbytes, wbytes, rios, wios) -> seen += rbytes + wios);
            if (!(sample instanceof IoStatsSource.Sample.Counted)) {
                throw new IllegalStateException(cgroup + ": " + sample);
            }
        }
    }

    private static void remove(Path directory) throws IOException {
        try (var all = Files.walk(directory)) {
            for (var each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }

    /** Microseconds a file by round. CPU time is judged: on a busy machine the time that passes says little. */
    private static final class Times {
        private final int files;
        private final double[] passed = new double[ROUNDS];
        private final double[] cpu = new double[ROUNDS];

        Times(int files) {
            this.files = files;
        }

        void set(int round, CLoop.Round nanos) {
            if (round >= 0) {
                passed[round] = nanos.passed() / 1e3 / TICKS / files;
                cpu[round] = nanos.cpu() / 1e3 / TICKS / files;
            }
        }

        void report(String what) {
            Verdict.line(
                    "%s: median %.2f µs of CPU a file, %.2f to %.2f (%.2f µs passed) in %d rounds of %d ticks of %d files",
                    what,
                    Verdict.median(cpu),
                    Verdict.percentile(cpu, 0),
                    Verdict.percentile(cpu, 1),
                    Verdict.median(passed),
                    ROUNDS,
                    TICKS,
                    files);
        }
    }
}
