/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.cli;

import io.diskguard.agent.node.AgentException;
import io.diskguard.agent.node.Configuration;
import io.diskguard.agent.node.ExitCode;
import io.diskguard.agent.simulate.LoadSimulation;
import io.diskguard.agent.simulate.LoadSpec;
import io.diskguard.agent.simulate.NothingMatchesException;
import io.diskguard.agent.simulate.Report;
import io.diskguard.agent.simulate.Scope;
import io.diskguard.agent.simulate.TraceSimulation;
import io.diskguard.agent.trace.TraceException;
import io.diskguard.agent.trace.TraceReader;
import io.diskguard.config.ConfigResult;
import io.diskguard.config.GuardConfig;
import io.diskguard.spi.LimitPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "simulate",
        description = {
            "Says what smart limit would have decided with this configuration.",
            "Replays what run --record recorded, or puts made-up loads on a simulated node; needs neither the node nor root.",
            "Rates in a trace were shaped by the limits in force when it was recorded; with --load, limits act on the load."
        },
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class)
final class SimulateCommand implements Callable<Integer> {
    private static final int WIDTH = 80;
    private static final int MOST_HOURS = 24 * 31;

    private final Console console;

    @Option(
            names = "--trace",
            paramLabel = "FILE",
            description = "A trace, packed by gzip or not; - for standard input. Repeated: one after the other.")
    private List<String> traces = new ArrayList<>();

    @Option(
            names = "--load",
            paramLabel = "NAME=LOAD",
            description =
                    "A load instead of a trace: web=500r+200w, backup=2800wx64Ki@4m/6m: reads and writes a second, the"
                            + " size of each (default: 4Ki), times on and off (default: always on). Repeated: side by side.")
    private List<String> loads = new ArrayList<>();

    @Option(
            names = "--hours",
            paramLabel = "N",
            defaultValue = "6",
            description = "How long the loads are on (default: 6).")
    private int hours;

    @Option(
            names = "--container",
            paramLabel = "NS[/POD[/NAME]]",
            description = "Tell of these containers only; * is any text within a name.")
    private Optional<String> container = Optional.empty();

    @Option(names = "--disk", paramLabel = "DISK", description = "Tell of this disk only: nvme0n1 or 259:0.")
    private Optional<String> disk = Optional.empty();

    @Option(names = "--from", paramLabel = "TIME", description = "Tell of nothing before: 2026-01-01T22:00:00Z.")
    private Optional<Instant> from = Optional.empty();

    @Option(names = "--to", paramLabel = "TIME", description = "Tell of nothing after.")
    private Optional<Instant> to = Optional.empty();

    @Option(names = "--all", description = "Tell also of containers about which nothing would have been decided.")
    private boolean all;

    @Option(names = "--ascii", description = "Draw charts with ASCII only.")
    private boolean ascii;

    @Mixin
    private NodeOptions node = new NodeOptions();

    @Mixin
    private LogOptions log = new LogOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    SimulateCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws AgentException {
        log.applyQuietly(console.err());
        if (traces.isEmpty() == loads.isEmpty()) {
            throw AgentException.usage("say what to simulate: --trace FILE or --load NAME=LOAD");
        }
        if (hours < 1 || hours > MOST_HOURS) {
            throw AgentException.usage("--hours " + hours + ": expected 1 to " + MOST_HOURS);
        }
        if (from.isPresent() && to.isPresent() && from.get().isAfter(to.get())) {
            throw AgentException.usage("--from " + from.get() + " is after --to " + to.get());
        }
        for (var trace : traces) {
            mustBeThere(trace);
        }
        var config = config();
        var scope = Scope.of(container, disk, from, to);
        var progress = new ProgressLine(console.err(), console.environment());
        try {
            if (loads.isEmpty()) {
                replay(config, scope, progress);
            } else {
                var simulation = new LoadSimulation(config, policies(), specs(), scope, all);
                simulation.run(Duration.ofHours(hours), report(), progress);
            }
            return ExitCode.OK;
        } catch (NothingMatchesException e) {
            throw AgentException.usage(String.valueOf(e.getMessage()));
        } catch (TraceException e) {
            console.out().flush();
            throw AgentException.failed(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw AgentException.failed("the answer cannot be written: " + e.getMessage());
        }
    }

    private void replay(GuardConfig config, Scope scope, ProgressLine progress)
            throws IOException, NothingMatchesException {
        var simulation = new TraceSimulation(config, policies(), scope, all, progress);
        var report = report();
        for (var trace : traces) {
            try (var reader = open(trace)) {
                simulation.replay(reader, report);
            }
        }
        simulation.end(report);
    }

    private List<LimitPolicy> policies() {
        return Configuration.policies(console.environment(), node.arguments());
    }

    private List<LoadSpec> specs() throws AgentException {
        var specs = new ArrayList<LoadSpec>();
        var names = new HashSet<String>();
        for (var load : loads) {
            var spec = LoadSpec.parse(load)
                    .orElseThrow(() -> AgentException.usage("--load " + load + ": expected " + LoadSpec.EXPECTED));
            if (!names.add(spec.name())) {
                throw AgentException.usage("--load " + load + ": expected each name once");
            }
            specs.add(spec);
        }
        return specs;
    }

    private Report report() throws IOException {
        return output.isJson() ? Report.json(console.out()) : Report.text(console.out(), width(), ascii);
    }

    /** As shells give it; not every shell exports it. */
    private int width() {
        try {
            return Integer.parseInt(console.environment().variables().getOrDefault("COLUMNS", "" + WIDTH));
        } catch (NumberFormatException e) {
            return WIDTH;
        }
    }

    private GuardConfig config() throws AgentException {
        var result = Configuration.read(console.environment(), node.arguments());
        if (result instanceof ConfigResult.Valid valid) {
            return valid.config();
        }
        throw AgentException.usage(Configuration.describe(((ConfigResult.Invalid) result).problems()));
    }

    private static void mustBeThere(String trace) throws AgentException {
        try {
            if (!trace.equals("-") && !Files.exists(Path.of(trace))) {
                throw AgentException.usage("--trace " + trace + ": there is no such file");
            }
        } catch (InvalidPathException e) {
            throw AgentException.usage("--trace " + trace + ": expected the path of a file");
        }
    }

    private TraceReader open(String trace) throws TraceException {
        return trace.equals("-") ? TraceReader.of("standard input", console.in()) : TraceReader.open(Path.of(trace));
    }
}
