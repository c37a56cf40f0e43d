/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.benchmarks.agent;

import io.diskguard.benchmarks.host.AgentVariant;
import io.diskguard.benchmarks.host.Interruption;
import io.diskguard.benchmarks.result.Budget;
import io.diskguard.benchmarks.result.Lines;
import io.diskguard.benchmarks.result.Sheet;
import io.diskguard.benchmarks.result.Statistics;
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
    private static final int RUNS = Integer.getInteger("diskguard.runs", Sheet.isQuick() ? 1 : 5);
    private static final int WARM_UP = Integer.getInteger("diskguard.warm-up", Sheet.isQuick() ? 5 : 30);
    private static final int IDLE = Integer.getInteger("diskguard.idle", Sheet.isQuick() ? 10 : 60);
    private static final int SHORT = Sheet.isQuick() ? 5 : 10;
    private static final List<Integer> LIMITS = List.of(128, 96);

    private static final Budget PEAK = new Budget("6", "the whole agent: peak resident memory (`VmHWM`)", "MB", 96, 72);
    private static final Budget ANONYMOUS = new Budget("6", "its anonymous memory, the highest seen", "MB", 48, 36);
    private static final Budget START =
            new Budget("7", "from exec until every container's limit can be read in the kernel", "s", 1.5, 0.8);
    private static final Budget START_CPU = new Budget("7", "CPU time until then", "s", 1.5, 0.8);
    private static final Budget IDLE_CPU =
            new Budget("7", "CPU time a minute when nothing happens but what happens on a quiet node", "s", 0.6, 0.3);

    private AgentBenchmark() {}

    public static void main(String[] args) throws IOException {
        var home = Path.of(System.getProperty("diskguard.home", ".")).toAbsolutePath();
        Interruption.undoes();
        try (var sheet = new Sheet("Agent");
                var node = FullNode.make()) {
            all(sheet, home, node.scratch(), node.run(home));
        }
    }

    private static void all(Sheet sheet, Path home, Path scratch, AgentRun run) throws IOException {
        var jdks = jdks();
        var shipped = AgentVariant.shipped(home, jdks.get(0), scratch);
        Lines.print("-- %s: %d runs, warm-up %d s, idle %d s", shipped.name(), RUNS, WARM_UP, IDLE);
        var ours = runs(run, shipped, RUNS, WARM_UP, IDLE);
        sheet.measured(PEAK, values(ours, f -> f.last().peakMb()));
        sheet.measured(ANONYMOUS, values(ours, AgentFigures::anonymousMb));
        sheet.measured(START, values(ours, AgentFigures::startSeconds));
        sheet.measured(START_CPU, values(ours, AgentFigures::startCpuSeconds));
        sheet.measured(IDLE_CPU, values(ours, AgentFigures::idleCpuSeconds));
        Lines.print(
                "resident at the end %.1f MB, %d threads",
                median(ours, f -> f.last().residentMb()), ours.get(0).last().threads());
        for (int limit : LIMITS) {
            limited(sheet, run, shipped, limit);
        }
        Lines.print("-- against other ways to start it, medians of %d", RUNS);
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
        Lines.print(
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

    private static void limited(Sheet sheet, AgentRun run, AgentVariant variant, int mebibytes) throws IOException {
        var figures = new ArrayList<AgentFigures>();
        var failed = 0;
        for (int i = 0; i < RUNS; i++) {
            MemoryLimit.forget(variant.files());
            try (var limit = MemoryLimit.make(mebibytes)) {
                figures.add(run.measure(variant, Optional.of(limit), SHORT, SHORT));
            } catch (IOException e) {
                failed++;
                Lines.print("under %dMi: %s", mebibytes, e.getMessage());
            }
        }
        sheet.measured(
                new Budget("6", "under " + mebibytes + " MiB: not alive or not in sync", "of " + RUNS + " runs", 0),
                failed);
        if (!figures.isEmpty()) {
            Lines.print(
                    "    start %.2f s, working set %.1f MB, peak %.1f MB",
                    median(figures, AgentFigures::startSeconds),
                    median(figures, f -> f.workingSetMb().orElseThrow()),
                    median(figures, f -> f.last().peakMb()));
        }
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

    private static double[] values(List<AgentFigures> runs, ToDoubleFunction<AgentFigures> figure) {
        return runs.stream().mapToDouble(figure).toArray();
    }

    private static double median(List<AgentFigures> runs, ToDoubleFunction<AgentFigures> figure) {
        return Statistics.median(values(runs, figure));
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
}
