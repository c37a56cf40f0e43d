/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.benchmarks.agent;

import io.diskguard.benchmarks.host.AgentVariant;
import io.diskguard.benchmarks.host.Interruption;
import io.diskguard.benchmarks.result.Lines;
import io.diskguard.benchmarks.result.Statistics;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * Agents that were assembled before and after a change, started in turn on one node: {@code BeforeAndAfter DIR ...}. A busy
 * machine then is as busy for each; the medians, and each against the first.
 */
final class BeforeAndAfter {
    private static final int TURNS = Integer.getInteger("diskguard.runs", 9);
    private static final int WARM_UP = Integer.getInteger("diskguard.warm-up", 5);
    private static final int IDLE = Integer.getInteger("diskguard.idle", 10);

    private BeforeAndAfter() {}

    public static void main(String[] args) throws IOException {
        var home = Path.of(System.getProperty("diskguard.home", ".")).toAbsolutePath();
        Interruption.undoes();
        var figures = new LinkedHashMap<String, List<AgentFigures>>();
        try (var node = FullNode.make()) {
            var run = node.run(home);
            for (int turn = 0; turn <= TURNS; turn++) {
                for (String assembled : args) {
                    var figure = run.measure(
                            AgentVariant.assembled(assembled, Path.of(assembled)), Optional.empty(), WARM_UP, IDLE);
                    if (turn > 0) { // the first finds the files in no cache
                        figures.computeIfAbsent(assembled, it -> new ArrayList<>())
                                .add(figure);
                    }
                }
            }
        }
        for (Map.Entry<String, List<AgentFigures>> each : figures.entrySet()) {
            Lines.print("%s", each.getKey());
            print("peak MB", each.getValue(), figures.get(args[0]), it -> it.last()
                    .peakMb());
            print("anonymous MB", each.getValue(), figures.get(args[0]), AgentFigures::anonymousMb);
            print("start s", each.getValue(), figures.get(args[0]), AgentFigures::startSeconds);
            print("CPU of the start s", each.getValue(), figures.get(args[0]), AgentFigures::startCpuSeconds);
            print("CPU idle s/min", each.getValue(), figures.get(args[0]), AgentFigures::idleCpuSeconds);
        }
    }

    private static void print(
            String what, List<AgentFigures> these, List<AgentFigures> first, ToDoubleFunction<AgentFigures> figure) {
        double median = median(these, figure);
        Lines.print("    %-20s %7.2f (x %.2f)", what, median, median / median(first, figure));
    }

    private static double median(List<AgentFigures> runs, ToDoubleFunction<AgentFigures> figure) {
        return Statistics.median(runs.stream().mapToDouble(figure).toArray());
    }
}
