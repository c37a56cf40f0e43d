/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.cli;

import io.diskguard.agent.node.AgentException;
import io.diskguard.agent.node.Configuration;
import io.diskguard.agent.node.ExitCode;
import io.diskguard.agent.node.NodeArguments;
import io.diskguard.agent.report.ConfigText;
import io.diskguard.config.ConfigResult;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "check",
        description = {
            "Reads the configuration as run does; prints what is in force and where it comes from.",
            "With a problem: every problem on standard error, and exit code 2."
        },
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class)
final class ConfigCheckCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(
            paramLabel = "FILE",
            arity = "0..1",
            description = "Configuration, YAML or JSON (default: $CONFIG_FILE_PATH, else none).")
    private Optional<Path> file = Optional.empty();

    @Option(names = "--plugins", paramLabel = "DIR", description = "Directory of plugin jars.")
    private Optional<Path> plugins = Optional.empty();

    @Option(names = "--changed", description = "Only what is not left at its default.")
    private boolean changed;

    @Mixin
    private LogOptions log = new LogOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    ConfigCheckCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws AgentException {
        log.apply(console.err());
        final ConfigResult result;
        var line = Underway.of(console, "reading the configuration");
        try {
            result = Configuration.read(console.environment(), new NodeArguments(file, plugins));
        } finally {
            line.close();
        }
        var text = new ConfigText(result, changed);
        output.print(console, text::text, text::json);
        if (result instanceof ConfigResult.Invalid invalid) {
            throw AgentException.usage(Configuration.describe(invalid.problems()));
        }
        return ExitCode.OK;
    }
}
