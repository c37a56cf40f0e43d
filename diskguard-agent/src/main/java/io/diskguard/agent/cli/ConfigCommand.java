/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.cli;

import io.diskguard.agent.node.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "config",
        description = "Checks and explains the configuration.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class,
        synopsisSubcommandLabel = "COMMAND")
final class ConfigCommand implements Callable<Integer> {
    private final Console console;

    @Spec
    private CommandSpec spec;

    ConfigCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        console.err().println("diskguard: say config check or config reference");
        spec.commandLine().usage(console.err());
        return ExitCode.USAGE;
    }
}
