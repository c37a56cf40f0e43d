/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.cli;

import io.diskguard.agent.node.AgentException;
import io.diskguard.agent.node.ExitCode;
import io.diskguard.agent.top.Top;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "top",
        description = {
            "Shows what each container does on each disk, a second, beside what it may; writes nothing.",
            "On a terminal it is a table that goes on (? for its keys); else, and with --plain, one table after the other.",
            "Whether an agent runs or not: it reads what the kernel has and counts."
        },
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class)
final class TopCommand implements Callable<Integer> {
    private static final double SHORTEST = 0.5;
    private static final double LONGEST = 3600;
    private static final double MILLIS = 1000;

    private final Console console;

    @Option(
            names = {"-d", "--interval"},
            paramLabel = "SECONDS",
            defaultValue = "2",
            description = "Between two looks, 0.5 or more (default: 2).")
    private double interval;

    @Option(
            names = {"-b", "--plain", "--batch"},
            description = "Print a table each interval instead of drawing on the terminal.")
    private boolean plain;

    @Option(
            names = {"-n", "--count"},
            paramLabel = "N",
            description = "End after N tables or lines; implies --plain.")
    private Optional<Integer> count = Optional.empty();

    @Option(names = "--sort", paramLabel = "COLUMN", defaultValue = "use", description = "Sort by it (default: use).")
    private String sort = "use";

    @Option(names = "--reverse", description = "Sort the other way round.")
    private boolean reverse;

    @Option(names = "--namespace", paramLabel = "NAME", description = "Only the pods of this namespace.")
    private Optional<String> namespace = Optional.empty();

    @Option(names = "--only-limited", description = "Only containers that have a limit.")
    private boolean onlyLimited;

    @Option(names = "--ascii", description = "Draw bars with ASCII only.")
    private boolean ascii;

    @Option(
            names = "--pods-dir",
            paramLabel = "DIR",
            description = "Directory of pod manifests (default: the pods of where the configuration says).")
    private Optional<Path> pods = Optional.empty();

    @Mixin
    private NodeOptions node = new NodeOptions();

    @Mixin
    private LogOptions log = new LogOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    TopCommand(Console console) {
        this.console = console;
    }

    /** Names no class of the table in a signature: picocli would load it for every other command. */
    @Override
    public Integer call() throws AgentException, InterruptedException {
        log.applyQuietly(console.err());
        if (!(interval >= SHORTEST && interval <= LONGEST)) {
            throw AgentException.usage("--interval " + interval + ": expected 0.5 to 3600 seconds");
        }
        if (count.isPresent() && count.get() < 1) {
            throw AgentException.usage("--count " + count.get() + ": expected 1 or more");
        }
        if (!Top.columns().contains(sort)) {
            throw AgentException.usage("--sort " + sort + ": expected one of " + String.join(", ", Top.columns()));
        }
        var between = Duration.ofMillis(Math.round(interval * MILLIS));
        var top = new Top(between, sort, reverse, namespace, onlyLimited, ascii);
        var prints = plain || count.isPresent() || output.isJson();
        new TopSession(console, log, top, prints).run(node.arguments(), pods, output.isJson(), count);
        return ExitCode.OK;
    }
}
