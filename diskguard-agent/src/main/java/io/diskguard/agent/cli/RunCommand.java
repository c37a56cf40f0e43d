/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.cli;

import io.diskguard.agent.node.Agent;
import io.diskguard.agent.node.AgentException;
import io.diskguard.agent.node.ExitCode;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "run",
        description = "Guards this node until it is stopped.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class)
final class RunCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private NodeOptions node = new NodeOptions();

    @Mixin
    private LogOptions log = new LogOptions();

    @Option(
            names = "--pods-dir",
            paramLabel = "DIR",
            description = "Directory of pod manifests, followed as it changes (default: what the configuration says).")
    private Optional<Path> pods = Optional.empty();

    @Option(
            names = "--record",
            paramLabel = "FILE",
            description = {
                "Record the containers' load for simulate. A new file is begun at 64 MiB, and the one before kept as FILE.1.",
                "It names pods, images and annotations, and is its owner's alone to read."
            })
    private Optional<Path> record = Optional.empty();

    RunCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws AgentException, InterruptedException {
        var pending = log.applyForService(console.err());
        try (pending;
                var agent = Agent.open(console.environment(), node.arguments(), pods, record)) {
            agent.start();
            console.stop().await();
        }
        return ExitCode.OK;
    }
}
