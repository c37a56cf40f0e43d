/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.cli;

import io.diskguard.agent.node.ExitCode;
import io.diskguard.agent.report.ConfigReference;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(
        name = "reference",
        description = "Prints every key of the configuration with its meaning, as Markdown.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class)
final class ConfigReferenceCommand implements Callable<Integer> {
    private final Console console;

    ConfigReferenceCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        console.out().print(ConfigReference.markdown());
        console.out().flush();
        return ExitCode.OK;
    }
}
