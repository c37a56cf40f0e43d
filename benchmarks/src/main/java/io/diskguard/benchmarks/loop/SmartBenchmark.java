/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.benchmarks.loop;

import io.diskguard.benchmarks.result.Budget;
import io.diskguard.benchmarks.result.Sheet;
import io.diskguard.policy.smart.Round;
import io.diskguard.policy.smart.SmartDecision;
import io.diskguard.smart.SmartEngine;
import java.io.IOException;
import java.lang.ref.Reference;
import java.util.List;
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

/** What the engine that decides by load keeps in the heap, weighed here, and what a round of it takes. Public for JMH. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class SmartBenchmark {
    private static final int HEAPS = Sheet.isQuick() ? 1 : 5;

    @Param("false")
    public boolean limiting;

    private Optional<SmartEngine> engine = Optional.empty();
    private Optional<Round> round = Optional.empty();
    private List<SmartDecision> decided = List.of();
    private int rounds;

    public static void main(String[] args) throws IOException {
        try (var sheet = new Sheet("Smart")) {
            for (var limiting : List.of(false, true)) {
                var what = "smart limit of 1,000 containers on 2 disks, 60 minutes, "
                        + (limiting ? "every tenth limited: " : "nobody limited: ");
                // One that does not count: with it come classes, which stay
                heap(load(limiting));
                var heaps = new double[HEAPS];
                for (int i = 0; i < HEAPS; i++) {
                    heaps[i] = heap(load(limiting)) / 1e6;
                }
                sheet.measured(new Budget("8", what + "heap", "MB", 10, 6), heaps);
                var forks = Forks.run(SmartBenchmark.class, Map.of("limiting", limiting.toString()));
                sheet.measured(new Budget("8", what + "a round", "ms", 20, 5), forks.percentiles(50));
                sheet.measured(new Budget("8", what + "a round, p99", "ms", 20, 5), forks.percentiles(99));
            }
        }
    }

    @Setup
    public void fill() {
        engine = Optional.of(load(limiting).filled(SmartLoad.settings()));
    }

    @Setup(Level.Invocation)
    public void sample() {
        round = Optional.of(load(limiting).later(rounds++));
    }

    @Benchmark
    public List<SmartDecision> decide() {
        decided = engine.orElseThrow().decide(round.orElseThrow(), SmartLoad.SURROUNDINGS);
        return decided;
    }

    @TearDown(Level.Invocation)
    public void nothingChanges() {
        if (decided.stream().anyMatch(each -> !each.before().equals(each.after()))) {
            throw new IllegalStateException("a steady load changes nothing, decided was " + decided);
        }
    }

    private static SmartLoad load(boolean limiting) {
        return limiting ? SmartLoad.everyTenthLimited() : SmartLoad.nobodyLimited();
    }

    /** Bytes in the heap with a filled engine that were not there before; its settings are shared, as in the agent. */
    private static double heap(SmartLoad load) {
        var settings = SmartLoad.settings();
        var before = used();
        var engine = load.filled(settings);
        var after = used();
        Reference.reachabilityFence(engine);
        return after - before;
    }

    /** What is reachable; the virtual machine may need more than one collection to know it. */
    private static long used() {
        var least = Long.MAX_VALUE;
        for (int i = 0; i < 5; i++) {
            System.gc();
            var runtime = Runtime.getRuntime();
            least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
        }
        return least;
    }
}
