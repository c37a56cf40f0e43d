/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.cli;

import io.diskguard.agent.demo.DemoException;
import io.diskguard.agent.node.AgentException;
import io.diskguard.agent.node.ExitCode;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CancellationException;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;

/** Runs one command line. */
public final class CommandLineInterface {
    private CommandLineInterface() {}

    /** @return the exit code */
    public static int execute(Console console, String... arguments) {
        // Settings reach only the subcommands that are there already.
        return new CommandLine(new DiskGuardCommand(console))
                .addSubcommand(new RunCommand(console))
                .addSubcommand(new DemoCommand(console))
                .addSubcommand(new DoctorCommand(console))
                .addSubcommand(new ExplainCommand(console))
                .addSubcommand(new SimulateCommand(console))
                .addSubcommand(new ResetCommand(console))
                .addSubcommand(new CommandLine(new ConfigCommand(console))
                        .addSubcommand(new ConfigCheckCommand(console))
                        .addSubcommand(new ConfigReferenceCommand(console)))
                .setOut(console.out())
                .setErr(new PrintWriter(console.err(), true, StandardCharsets.UTF_8))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((failure, command, parsed) -> explain(console, failure))
                .execute(arguments);
    }

    private static int explain(Console console, Exception failure) {
        if (failure instanceof AgentException expected) {
            console.err().println("diskguard: " + expected.getMessage());
            return expected.exitCode();
        }
        if (failure instanceof DemoException expected) {
            console.err().println("diskguard: " + expected.getMessage());
            return ExitCode.FAILED;
        }
        if (failure instanceof CancellationException) {
            console.err().println("diskguard: stopped");
            return ExitCode.FAILED;
        }
        // Anything else is a fault of ours, and only then a stack trace is of use to anybody.
        LoggerFactory.getLogger(CommandLineInterface.class).error("this is a fault in DiskGuard", failure);
        return ExitCode.FAILED;
    }
}
