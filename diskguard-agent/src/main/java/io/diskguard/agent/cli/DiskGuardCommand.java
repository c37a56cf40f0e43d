/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.cli;

import io.diskguard.agent.node.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "diskguard",
        description = "Keeps one container from starving every other container of a node's disks.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class,
        synopsisSubcommandLabel = "COMMAND",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done", "1:tried, and failed", "2:arguments or configuration are wrong"})
final class DiskGuardCommand implements Callable<Integer> {
    private final Console console;

    @Spec
    private CommandSpec spec;

    DiskGuardCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        console.err().println("diskguard: say which command");
        spec.commandLine().usage(console.err());
        return ExitCode.USAGE;
    }
}
