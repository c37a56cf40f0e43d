/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.cli;

import io.diskguard.agent.node.AgentException;
import io.diskguard.agent.node.ExitCode;
import io.diskguard.agent.node.Node;
import io.diskguard.agent.node.PodName;
import io.diskguard.agent.report.AgentSays;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "explain",
        description = {
            "Says which limits a pod is to have, why, and what the kernel has; writes nothing.",
            "Where an agent runs on this node, what it decided and sees is added."
        },
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class)
final class ExplainCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private NodeOptions node = new NodeOptions();

    @Mixin
    private LogOptions log = new LogOptions();

    @Option(
            names = "--pods-dir",
            paramLabel = "DIR",
            description = "Directory of pod manifests (default: the pods of where the configuration says).")
    private Optional<Path> pods = Optional.empty();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Parameters(paramLabel = "<namespace>/<pod>")
    private String pod = "";

    ExplainCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws AgentException, InterruptedException {
        log.applyQuietly(console.err());
        var name = PodName.parse(pod);
        try (var here = Node.open(console.environment(), node.arguments())) {
            var address = here.config().httpAddress();
            try {
                var answer = ExplainAnswer.of(here.explain(name, pods, console.stop()), address, name);
                output.print(console, answer::text, answer::json);
            } catch (AgentException e) {
                // the agent may have been told of pods that this command line does not know: with --pods-dir, for
                // instance
                var says = pods.isPresent() ? Optional.<AgentSays>empty() : ExplainAnswer.ask(address, name);
                var agent = says.orElseThrow(() -> e);
                console.err().println("diskguard: " + e.getMessage() + "; the agent at " + agent.where() + " answers:");
                output.print(console, agent::alone, agent::json);
            }
            return ExitCode.OK;
        }
    }
}
