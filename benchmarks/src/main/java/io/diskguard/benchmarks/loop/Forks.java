/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.benchmarks.loop;

import io.diskguard.benchmarks.result.Sheet;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** One benchmark of JMH with one set of parameters, in some virtual machines with this one's options, one after the other. */
record Forks(RunResult result) {
    private static final TimeValue SECOND = TimeValue.seconds(1);

    static Forks run(Class<?> benchmark, Map<String, String> parameters) {
        var options = new OptionsBuilder()
                .include("^" + benchmark.getName() + "\\.")
                .forks(Sheet.isQuick() ? 1 : 3)
                .warmupIterations(Sheet.isQuick() ? 2 : 5)
                .warmupTime(SECOND)
                .measurementIterations(Sheet.isQuick() ? 3 : 5)
                .measurementTime(SECOND)
                .addProfiler(GCProfiler.class)
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT);
        parameters.forEach(options::param);
        try {
            return new Forks(single(new Runner(options.build()).run()));
        } catch (RunnerException e) {
            throw new IllegalStateException(benchmark.getSimpleName() + " " + parameters, e);
        }
    }

    private static RunResult single(Collection<RunResult> results) {
        if (results.size() != 1) {
            throw new IllegalStateException("one benchmark was to run, ran " + results.size());
        }
        return results.iterator().next();
    }

    /** The mean of each iteration, in the benchmark's unit of time. */
    double[] means() {
        return each(iteration -> iteration.getPrimaryResult().getScore());
    }

    /** Of single operations, where the benchmark takes samples of these. */
    double[] percentiles(double percent) {
        return each(iteration -> iteration.getPrimaryResult().getStatistics().getPercentile(percent));
    }

    /** Bytes that an operation allocates. */
    double[] garbage() {
        return counted("gc.alloc.rate.norm");
    }

    /** What the benchmark itself has counted. */
    double[] counted(String name) {
        return each(iteration -> {
            Result<?> result = iteration.getSecondaryResults().get(name);
            if (result == null) {
                throw new IllegalStateException(name + " was not counted, only "
                        + iteration.getSecondaryResults().keySet());
            }
            return result.getScore();
        });
    }

    private double[] each(ToDoubleFunction<IterationResult> figure) {
        return List.copyOf(result.getBenchmarkResults()).stream()
                .flatMap(fork -> fork.getIterationResults().stream())
                .mapToDouble(figure)
                .toArray();
    }
}
