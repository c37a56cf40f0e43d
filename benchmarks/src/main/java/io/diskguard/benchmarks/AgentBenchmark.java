/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.benchmarks;

import io.diskguard.cgroup.v1.BlkioThrottleDriverFactory;
import io.diskguard.spi.Environment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * The whole agent as it is shipped, against an API server in another process with 250 pods, whose cgroups are on the real
 * kernel: its memory, its start, its CPU; under memory limits; and against other ways to start it.
 */
final class AgentBenchmark {
    private static final int PODS = 250;
    private static final int RUNS = Integer.getInteger("diskguard.runs", 5);
    private static final int WARM_UP = Integer.getInteger("diskguard.warm-up", 30);
    private static final int IDLE = Integer.getInteger("diskguard.idle", 60);
    private static final int SHORT = 10;
    private static final List<Integer> LIMITS = List.of(128, 96);

    private AgentBenchmark() {}

    public static void main(String[] args) throws IOException {
        var home = Path.of(System.getProperty("diskguard.home", ".")).toAbsolutePath();
        var scratch = Files.createTempDirectory("diskguard-benchmark-");
        Interruption.undoes();
        try (var driver = new BlkioThrottleDriverFactory().create(Environment.system());
                var disk = LoopDisk.make();
                var api = SeededApiServer.start(home, scratch.resolve("api"), PODS);
                var cgroups = PodCgroups.make(
                        Path.of(driver.hierarchy().mountPoint()),
                        Files.createDirectory(scratch.resolve("host")),
                        api.cgroups())) {
            var containerd = IdleContainerd.start(scratch.resolve("containerd"));
            try {
                var socket = containerd.map(IdleContainerd::socket);
                Verdict.line(
                        "%d pods, %d containers; CRI: %s; smart limit on",
                        PODS, cgroups.containers().size(), socket.isPresent() ? "a real containerd" : "none here");
                all(home, scratch, new AgentRun(api, cgroups, disk, socket, scratch));
            } finally {
                containerd.ifPresent(IdleContainerd::close);
            }
        } finally {
            remove(scratch);
        }
    }

    private static void all(Path home, Path scratch, AgentRun run) throws IOException {
        var jdks = jdks();
        var shipped = AgentVariant.shipped(home, jdks.get(0), scratch);
        Verdict.line("-- %s: %d runs, warm-up %d s, idle %d s", shipped.name(), RUNS, WARM_UP, IDLE);
        var ours = runs(run, shipped, RUNS, WARM_UP, IDLE);
        judge("row 6, peak resident MB", ours, f -> f.last().peakMb(), 96, 72);
        judge("row 6, anonymous MB", ours, AgentFigures::anonymousMb, 48, 36);
        judge("row 7, exec to all limits s", ours, AgentFigures::startSeconds, 1.5, 0.8);
        judge("row 7, CPU of the start s", ours, AgentFigures::startCpuSeconds, 1.5, 0.8);
        judge("row 7, CPU s a minute, idle", ours, AgentFigures::idleCpuSeconds, 0.6, 0.3);
        Verdict.line(
                "resident at the end %.1f MB, %d threads",
                median(ours, f -> f.last().residentMb()), ours.get(0).last().threads());
        for (int limit : LIMITS) {
            limited(run, shipped, limit);
        }
        Verdict.line("-- against other ways to start it, medians of %d", RUNS);
        var others = new LinkedHashMap<String, AgentVariant>();
        for (var jdk : jdks) {
            var variant = jdk.equals(jdks.get(0)) ? shipped : AgentVariant.shipped(home, jdk, scratch);
            others.put(variant.name(), variant);
            others.put(variant.stock(jdk).name(), variant.stock(jdk));
        }
        for (Map.Entry<String, AgentVariant> other : others.entrySet()) {
            var theirs = other.getValue().equals(shipped) ? ours : runs(run, other.getValue(), RUNS, SHORT, SHORT);
            compare(other.getKey(), theirs, ours);
        }
    }

    private static void compare(String name, List<AgentFigures> theirs, List<AgentFigures> ours) {
        double peak = median(theirs, f -> f.last().peakMb());
        double anonymous = median(theirs, AgentFigures::anonymousMb);
        double start = median(theirs, AgentFigures::startSeconds);
        double cpu = median(theirs, AgentFigures::startCpuSeconds);
        Verdict.line(
                "%-40s peak %6.1f MB (x %.2f), anonymous %6.1f MB (x %.2f), start %.2f s (x %.2f), CPU %.2f s (x %.2f)",
                name,
                peak,
                peak / median(ours, f -> f.last().peakMb()),
                anonymous,
                anonymous / median(ours, AgentFigures::anonymousMb),
                start,
                start / median(ours, AgentFigures::startSeconds),
                cpu,
                cpu / median(ours, AgentFigures::startCpuSeconds));
    }

    private static void limited(AgentRun run, AgentVariant variant, int mebibytes) throws IOException {
        var figures = new ArrayList<AgentFigures>();
        for (int i = 0; i < RUNS; i++) {
            MemoryLimit.forget(variant.files());
            try (var limit = MemoryLimit.make(mebibytes)) {
                figures.add(run.measure(variant, Optional.of(limit), SHORT, SHORT));
            } catch (IOException e) {
                Verdict.line("row 6, under %dMi: OVER BUDGET: %s", mebibytes, e.getMessage());
                return;
            }
        }
        Verdict.line(
                "row 6, under %dMi: alive and in sync in %d runs of %d; start %.2f s, working set %.1f MB, peak %.1f MB",
                mebibytes,
                figures.size(),
                RUNS,
                median(figures, AgentFigures::startSeconds),
                median(figures, f -> f.workingSetMb().orElseThrow()),
                median(figures, f -> f.last().peakMb()));
    }

    private static List<AgentFigures> runs(AgentRun run, AgentVariant variant, int times, int warmUp, int idle)
            throws IOException {
        var figures = new ArrayList<AgentFigures>();
        // One more than counted: the first finds the files in no cache
        run.measure(variant, Optional.empty(), 1, 1);
        for (int i = 0; i < times; i++) {
            figures.add(run.measure(variant, Optional.empty(), warmUp, idle));
        }
        return figures;
    }

    private static void judge(
            String what, List<AgentFigures> runs, ToDoubleFunction<AgentFigures> figure, double reach, double aim) {
        var values = runs.stream().mapToDouble(figure).toArray();
        Verdict.judge(what, Verdict.median(values), reach, aim);
        Verdict.line("    from %.2f to %.2f", Verdict.percentile(values, 0), Verdict.percentile(values, 1));
    }

    private static double median(List<AgentFigures> runs, ToDoubleFunction<AgentFigures> figure) {
        return Verdict.median(runs.stream().mapToDouble(figure).toArray());
    }

    /** This one first, then newer ones that are installed beside it. */
    private static List<Path> jdks() throws IOException {
        var jdks = new ArrayList<Path>();
        jdks.add(Path.of(System.getProperty("java.home")).toRealPath());
        try (var installed = Files.list(jdks.get(0).getParent())) {
            installed
                    .filter(jdk -> !Files.isSymbolicLink(jdk) && Files.isExecutable(jdk.resolve("bin/jlink")))
                    .filter(jdk -> !jdk.equals(jdks.get(0)))
                    .sorted()
                    .forEach(jdks::add);
        }
        return jdks;
    }

    private static void remove(Path directory) throws IOException {
        try (var files = Files.walk(directory)) {
            for (var file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
