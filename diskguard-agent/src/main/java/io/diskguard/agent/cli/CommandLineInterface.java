/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.cli;

import io.diskguard.agent.demo.DemoException;
import io.diskguard.agent.node.AgentException;
import io.diskguard.agent.node.ExitCode;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.TypeConversionException;

/** Runs one command line. */
public final class CommandLineInterface {
    /** Needs the others beside it: it completes their names. */
    private static final String COMPLETION = "completion";

    /** In the order of the help. */
    private static final List<String> COMMANDS =
            List.of("run", "demo", "doctor", "explain", "top", "simulate", "reset", COMPLETION, "config");

    private static final List<String> VERSION = List.of("--version", "-V");

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
        var program = new CommandLine(new DiskGuardCommand(console));
        // Settings reach only the subcommands that are there already.
        needed(arguments).forEach(name -> program.addSubcommand(command(name, console)));
        return program.setOut(console.out())
                .setErr(new PrintWriter(console.err(), true, StandardCharsets.UTF_8))
                .registerConverter(Instant.class, CommandLineInterface::time)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((failure, command, parsed) -> explain(console, failure))
                .execute(arguments);
    }

    /**
     * To read the annotations of a command takes longer than to read its arguments, and one command is run. All are there
     * for who asks for help or misspells one; the version needs none.
     */
    private static List<String> needed(String... arguments) {
        if (arguments.length == 1 && VERSION.contains(arguments[0])) {
            return List.of();
        }
        return arguments.length > 0 && COMMANDS.contains(arguments[0]) && !arguments[0].equals(COMPLETION)
                ? List.of(arguments[0])
                : COMMANDS;
    }

    private static CommandLine command(String name, Console console) {
        return switch (name) {
            case "run" -> new CommandLine(new RunCommand(console));
            case "demo" -> new CommandLine(new DemoCommand(console));
            case "doctor" -> new CommandLine(new DoctorCommand(console));
            case "explain" -> new CommandLine(new ExplainCommand(console));
            case "top" -> new CommandLine(new TopCommand(console));
            case "simulate" -> new CommandLine(new SimulateCommand(console));
            case "reset" -> new CommandLine(new ResetCommand(console));
            case COMPLETION -> new CommandLine(new CompletionCommand(console));
            case "config" ->
                new CommandLine(new ConfigCommand(console))
                        .addSubcommand(new ConfigCheckCommand(console))
                        .addSubcommand(new ConfigReferenceCommand(console));
            default -> throw new IllegalArgumentException(name);
        };
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
