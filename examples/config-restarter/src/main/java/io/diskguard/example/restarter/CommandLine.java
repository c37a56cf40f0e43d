/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.example.restarter;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/** Reads the command line. */
final class CommandLine {
    static final String USAGE = """
            usage: config-restarter --config FILE [OPTION]... -- COMMAND [ARGUMENT]...

            Runs COMMAND, and restarts it when FILE has other content: SIGTERM to its process group, SIGKILL after
            the grace; the new one is started when nothing of the old one is left. Exits as COMMAND does when that
            ends by itself, with 128 and the signal's number where a signal ended it.

              --config FILE      the file to follow; it may come later, and go
              --grace TIME       between SIGTERM and SIGKILL (10s)
              --debounce TIME    how long nothing must change before a change counts (500ms)
              --poll TIME        between two looks where no file event comes, as on NFS (5s)
              --signal NAME      send HUP, USR1, USR2 or WINCH to COMMAND instead of restarting it
              --wait-for-file    start COMMAND only once FILE is there
              --debug            say more
              --help, --version

            TIME is a number and ms, s or m. SIGTERM and SIGINT end COMMAND, then this. HUP, USR1, USR2 and WINCH are
            passed on to COMMAND; QUIT prints the threads of this. Exits with 127 where there is no COMMAND, 126 where
            it cannot be executed, 2 where this text was not followed.
            """;

    private static final Pattern TIME = Pattern.compile("(\\d{1,6})(ms|s|m)");

    private Optional<Path> config = Optional.empty();
    private Duration grace = Duration.ofSeconds(10);
    private Duration debounce = Duration.ofMillis(500);
    private Duration poll = Duration.ofSeconds(5);
    private OptionalInt reload = OptionalInt.empty();
    private boolean waitForFile;
    private boolean debug;

    private CommandLine() {}

    /** What a command line asks for. */
    sealed interface Asked {
        /** To supervise. */
        record Run(Options options) implements Asked {}

        /** For help. */
        record Help() implements Asked {}

        /** For the version. */
        record Version() implements Asked {}

        /** For something that there is not. */
        record Misuse(String problem) implements Asked {}
    }

    static Asked parse(List<String> arguments) {
        try {
            return new CommandLine().read(new ArrayDeque<>(arguments));
        } catch (IllegalArgumentException e) {
            return new Asked.Misuse(e.getMessage());
        }
    }

    private Asked read(Deque<String> left) {
        while (!left.isEmpty()) {
            var option = left.remove();
            switch (option) {
                case "--help" -> {
                    return new Asked.Help();
                }
                case "--version" -> {
                    return new Asked.Version();
                }
                case "--config" -> config = Optional.of(Path.of(value(option, left)));
                case "--grace" -> grace = time(option, value(option, left));
                case "--debounce" -> debounce = time(option, value(option, left));
                case "--poll" -> poll = time(option, value(option, left));
                case "--signal" -> reload = OptionalInt.of(signal(value(option, left)));
                case "--wait-for-file" -> waitForFile = true;
                case "--debug" -> debug = true;
                case "--" -> {
                    return new Asked.Run(options(List.copyOf(left)));
                }
                default -> throw new IllegalArgumentException("unknown: " + option);
            }
        }
        throw new IllegalArgumentException("-- and the command are missing");
    }

    private Options options(List<String> command) {
        if (command.isEmpty()) {
            throw new IllegalArgumentException("no command after --");
        }
        var file = config.orElseThrow(() -> new IllegalArgumentException("--config is missing"));
        return new Options(file, grace, debounce, poll, reload, waitForFile, debug, command);
    }

    private static String value(String option, Deque<String> left) {
        if (left.isEmpty() || left.peek().isEmpty() || left.peek().equals("--")) {
            throw new IllegalArgumentException(option + " has no value");
        }
        return left.remove();
    }

    private static Duration time(String option, String text) {
        var match = TIME.matcher(text);
        if (!match.matches() || Long.parseLong(match.group(1)) == 0) {
            throw new IllegalArgumentException(option + " is no time above zero such as 500ms, 10s or 1m: " + text);
        }
        var number = Long.parseLong(match.group(1));
        return switch (match.group(2)) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            default -> Duration.ofMinutes(number);
        };
    }

    private static int signal(String name) {
        var number = Signals.PASSED_ON.get(name.replaceFirst("^SIG", ""));
        if (number == null) {
            throw new IllegalArgumentException(
                    "--signal is not one of " + String.join(", ", Signals.PASSED_ON.keySet()) + ": " + name);
        }
        return number;
    }
}
