/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.benchmarks.soak;

import io.diskguard.benchmarks.host.AgentVariant;
import io.diskguard.benchmarks.host.SeededApiServer;
import io.diskguard.e2e.churn.Actor;
import io.diskguard.e2e.churn.Checker;
import io.diskguard.e2e.churn.Node;
import io.diskguard.e2e.churn.Reached;
import io.diskguard.e2e.churn.Report;
import io.diskguard.e2e.churn.Terms;
import io.diskguard.e2e.churn.Waiting;
import io.diskguard.e2e.churn.World;
import io.diskguard.model.DeviceId;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** One run: a node of many pods at rest, the same one with everything that happens to nodes, and at rest again. */
final class Soak implements AutoCloseable {
    static final int PODS = 250;
    private static final int SEED = 1;
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    /** How late a limit may be beside what the agent and the API server wait for a processor; how long it took is told. */
    private static final Duration GRACE = Duration.ofSeconds(10);
    /** What is kept for half a minute is let go. */
    private static final Duration REST = Duration.ofSeconds(60);

    private final Clock clock = Clock.systemUTC();
    private final Waiting waiting = new Waiting(clock);
    private final Report report;
    private final int minutes;
    private final SoakProcesses processes;
    private final Node node;
    private final ProcessorWaits waits;

    /** The agent when nothing happens. */
    record Rest(Map<String, Integer> held, double liveHeapMb) {}

    Soak(
            Path home,
            Path scratch,
            Path root,
            DeviceId disk,
            Optional<Path> runtime,
            AgentVariant shipped,
            int minutes,
            Report report)
            throws IOException {
        this.report = report;
        this.minutes = minutes;
        processes = new SoakProcesses(home, scratch, disk, runtime, shipped, waiting);
        waits = new ProcessorWaits(clock, processes::pids);
        node = new Node(root, disk.toString());
    }

    void run() throws IOException {
        var server = processes.startServer();
        try (var reached = new Reached(processes.sent())) {
            var checker = new Checker(node, reached, clock, new Terms(GRACE, SoakConfig.FIRST, waits::excuse));
            var actor = new Actor(node, checker, clock, waiting);
            var world = World.busy(SeededApiServer.NODE, PODS, SEED);
            actor.serverIsBack(server);
            world.pods().forEach(actor::seed);
            processes.startAgent();
            until("every limit is set", () -> checker.unequal().isEmpty());
            world.pods().forEach(pod -> node.cgroups(pod).forEach(cgroup -> checker.told(cgroup, 1)));
            var ofAgent = new ProcessorWaits(clock, () -> List.of(processes.agentPid()));
            var scrapes = new Scrapes(processes.port(), ofAgent, clock);
            try (var watching = new SoakWatch(checker, processes, scrapes, waits, clock)) {
                report.say(
                        checker.size() + " containers of " + PODS + " pods; load of the machine " + SoakWatch.load());
                var changes = new SoakChanges(processes, checker, actor, waiting, waits, clock, report);
                LiveHeap.of(processes.agentPid());
                changes.eachOnce(world);
                var first = rest(watching, checker);
                watching.begin();
                var begin = TimeUnit.MILLISECONDS.toNanos(clock.millis());
                checker.forgetLatencies();
                changes.run(world, Duration.ofMinutes(minutes));
                watching.end();
                var waited = waits.since(begin) / 1e9 / TimeUnit.MINUTES.toSeconds(minutes);
                var latencies = checker.latencies();
                changes.firstState(world, World.busy(SeededApiServer.NODE, PODS, SEED + 1));
                var last = rest(watching, checker);
                var verdict = new SoakVerdict(report, watching.counted(), minutes);
                verdict.happened(changes, scrapes);
                verdict.limits(checker, latencies, processes);
                report.say(String.format(
                        Locale.ROOT, "agent and API server waited %.2f s for processors each second", waited));
                verdict.flatness();
                verdict.rest(first, last);
                report.check("the watch went on until the end", watching.problem(), Optional.empty());
            }
            report.check("the agent was never ended", processes.agentIsAlive(), true);
            report.check("and ends when it is told to", processes.stopAgent(), 0);
            report.none("limits changed by that", checker.unequal());
        } catch (IOException | RuntimeException e) {
            processes.logs().forEach(report::say);
            throw e;
        }
    }

    /** Nothing happens any more; everything is as it must be. */
    private Rest rest(SoakWatch watching, Checker checker) throws IOException {
        until("every limit is right again", () -> checker.unequal().isEmpty());
        waiting.pause(REST);
        var rest = new Rest(watching.least(4), LiveHeap.of(processes.agentPid()));
        report.say("at rest: " + rest);
        return rest;
    }

    private void until(String what, java.util.function.BooleanSupplier condition) throws IOException {
        if (!waiting.until(PATIENCE, condition)) {
            throw new IOException("not within " + PATIENCE.toSeconds() + " s: " + what);
        }
    }

    @Override
    public void close() {
        // whoever interrupted this waits for what is undone from here on
        Thread.interrupted();
        processes.close();
    }
}
