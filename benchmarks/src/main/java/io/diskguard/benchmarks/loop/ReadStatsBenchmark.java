/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.benchmarks.loop;

import io.diskguard.benchmarks.host.Interruption;
import io.diskguard.benchmarks.host.LoopDisk;
import io.diskguard.benchmarks.host.Scratch;
import io.diskguard.benchmarks.result.Budget;
import io.diskguard.benchmarks.result.Sheet;
import io.diskguard.cgroup.CgroupLayout;
import io.diskguard.cgroup.v1.BlkioThrottleStats;
import io.diskguard.cgroup.v2.IoStat;
import io.diskguard.spi.Environment;
import io.diskguard.spi.IoStatsSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
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

/**
 * Reading the counters of 1,000 containers, a tick: open, read, parse, hand over, close; against the same loop in C where
 * there is a compiler. Once with v2's {@code io.stat} as regular files, in memory where possible, and once with the two files
 * of v1 on the real kernel. Public for JMH.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class ReadStatsBenchmark {
    /** Of the loop in C for each line that it is sent; it gets ten before and after an iteration. */
    private static final int TICKS = 10;

    /** Where the cgroups are. */
    @Param("")
    public String root;

    @Param("true")
    public boolean likeV2;

    /** The loop in C; empty if there is none. */
    @Param("")
    public String program;

    private final Turns turns = new Turns();
    private Optional<StatTree> tree = Optional.empty();
    private Optional<IoStatsSource> stats = Optional.empty();
    private Optional<CLoop> inC = Optional.empty();
    private long seen;

    public static void main(String[] args) throws IOException {
        Interruption.undoes();
        var environment = Environment.system();
        try (var sheet = new Sheet("ReadStats");
                var scratch = Scratch.inMemory()) {
            var program = CLoop.compile(scratch.directory());
            var root = Files.createDirectory(scratch.resolve("v2"));
            try (var tree = StatTree.likeV2(root)) {
                tree.make();
                measure(sheet, "`io.stat`", root, tree, program);
            }
            if (CgroupLayout.of(environment.paths()) instanceof CgroupLayout.V1 v1) {
                try (var disk = LoopDisk.make();
                        var tree = StatTree.v1(v1.mount())) {
                    tree.make();
                    tree.count(disk.device());
                    measure(sheet, "`blkio.throttle.*`, real kernel", v1.mount(), tree, program);
                }
            }
        }
    }

    private static void measure(Sheet sheet, String what, Path root, StatTree tree, Optional<Path> program) {
        var forks = Forks.run(
                ReadStatsBenchmark.class,
                Map.of(
                        "root", root.toString(),
                        "likeV2", Boolean.toString(tree.isRegular()),
                        "program", program.map(Path::toString).orElse("")));
        var reading = "reading the counters of 1,000 containers, " + what;
        var ratio = new Budget("1", reading, "× the loop in C", 2.5, 2);
        if (program.isPresent()) {
            sheet.measured(ratio, forks.counted("ratio"));
        } else {
            sheet.notMeasured(ratio, "no C compiler (cc) here to compare with");
        }
        var files = tree.files().size();
        sheet.measured(
                new Budget("1", reading + ": garbage a file", "bytes", 200),
                Arrays.stream(forks.garbage()).map(bytes -> bytes / files).toArray());
    }

    @Setup
    public void open() throws IOException {
        var opened = likeV2 ? StatTree.likeV2(Path.of(root)) : StatTree.v1(Path.of(root));
        tree = Optional.of(opened);
        stats = Optional.of(likeV2 ? new IoStat(opened.fs()) : new BlkioThrottleStats(opened.fs()));
        if (!program.isEmpty()) {
            inC = Optional.of(CLoop.start(Path.of(program), opened.files(), TICKS));
        }
    }

    @TearDown
    public void close() {
        inC.ifPresent(CLoop::close);
    }

    @Setup(Level.Iteration)
    public void before() {
        turns.begin(this::nanosInC);
    }

    @Benchmark
    public long tick() {
        turns.operation();
        var source = stats.orElseThrow();
        for (var cgroup : tree.orElseThrow().cgroups()) {
            var sample = source.sample(cgroup, (disk, rbytes, wbytes, rios, wios) -> seen += rbytes + wios);
            if (!(sample instanceof IoStatsSource.Sample.Counted)) {
                throw new IllegalStateException(cgroup + ": " + sample);
            }
        }
        return seen;
    }

    @TearDown(Level.Iteration)
    public void after(Ratio ratio) {
        ratio.ratio = turns.end(this::nanosInC);
    }

    /** Of a tick. */
    private double nanosInC() {
        return inC.map(loop -> {
                    var nanos = 0L;
                    for (int round = 0; round < 10; round++) {
                        nanos += loop.round();
                    }
                    return nanos / 10.0 / TICKS;
                })
                .orElse(Double.NaN);
    }
}
