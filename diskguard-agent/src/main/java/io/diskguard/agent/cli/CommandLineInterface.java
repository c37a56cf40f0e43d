/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.cli;

import io.diskguard.agent.demo.DemoException;
import io.diskguard.agent.node.AgentException;
import io.diskguard.agent.node.ExitCode;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.concurrent.CancellationException;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.TypeConversionException;

/** Runs one command line. */
public final class CommandLineInterface {
    private CommandLineInterface() {}

    /** @return the exit code */
    public static int execute(Console console, String... arguments) {
        var exitCode = run(console, arguments);
        // A writer keeps its failures to itself; without the answer nothing is done.
        if (console.out().checkError() && exitCode == ExitCode.OK) {
            console.err().println("diskguard: the answer cannot be written to standard output");
            return ExitCode.FAILED;
        }
        return exitCode;
    }

    private static int run(Console console, String... arguments) {
        // Settings reach only the subcommands that are there already.
        return new CommandLine(new DiskGuardCommand(console))
                .addSubcommand(new RunCommand(console))
                .addSubcommand(new DemoCommand(console))
                .addSubcommand(new DoctorCommand(console))
                .addSubcommand(new ExplainCommand(console))
                .addSubcommand(new TopCommand(console))
                .addSubcommand(new SimulateCommand(console))
                .addSubcommand(new ResetCommand(console))
                .addSubcommand(new CompletionCommand(console))
                .addSubcommand(new CommandLine(new ConfigCommand(console))
                        .addSubcommand(new ConfigCheckCommand(console))
                        .addSubcommand(new ConfigReferenceCommand(console)))
                .setOut(console.out())
                .setErr(new PrintWriter(console.err(), true, StandardCharsets.UTF_8))
                .registerConverter(Instant.class, CommandLineInterface::time)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((failure, command, parsed) -> explain(console, failure))
                .execute(arguments);
    }

    private static Instant time(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new TypeConversionException("expected a time such as 2026-01-01T22:00:00Z, was '" + text + "'");
        }
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
