/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.cli;

import io.diskguard.DiskGuard;
import io.diskguard.agent.node.AgentException;
import io.diskguard.agent.node.ExitCode;
import io.diskguard.agent.node.Node;
import io.diskguard.agent.report.ResetText;
import io.diskguard.reconcile.ResetReport;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "reset",
        description = "Takes back every limit that DiskGuard set; limits of others stay. Stop the agent first.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class)
final class ResetCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private NodeOptions node = new NodeOptions();

    @Mixin
    private LogOptions log = new LogOptions();

    @Option(names = "--dry-run", description = "Only say what would be cleared.")
    private boolean dryRun;

    @Mixin
    private OutputOptions output = new OutputOptions();

    ResetCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws AgentException {
        log.apply(console.err());
        try (var here = Node.open(console.environment(), node.arguments())) {
            final ResetReport report;
            var line = Underway.of(console, "looking for limits in every cgroup");
            try {
                report = DiskGuard.reset(console.environment(), here.config(), here.driver(), dryRun);
            } finally {
                line.close();
            }
            var text = new ResetText(report, dryRun);
            output.print(console, text::text, text::json);
            return report.failed().isEmpty() ? ExitCode.OK : ExitCode.FAILED;
        }
    }
}
