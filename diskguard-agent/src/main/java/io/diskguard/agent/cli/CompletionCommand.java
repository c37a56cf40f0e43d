/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.cli;

import io.diskguard.agent.node.ExitCode;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "completion",
        description = {
            "Prints what makes a shell complete commands, options and their values.",
            "bash: source <(diskguard completion bash)",
            "zsh: autoload -U compinit bashcompinit; compinit; bashcompinit; source <(diskguard completion zsh)",
            "fish: diskguard completion fish | source"
        },
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class)
final class CompletionCommand implements Callable<Integer> {
    private final Console console;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "bash|zsh|fish", description = "The shell.")
    private Shell shell = Shell.BASH;

    /** A shell that is known. */
    enum Shell {
        BASH,
        ZSH,
        FISH;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    CompletionCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        var root = spec.root().commandLine();
        console.out()
                .print(
                        shell == Shell.FISH
                                ? FishCompletion.of(root)
                                : AutoComplete.bash(spec.root().name(), root));
        console.out().flush();
        return ExitCode.OK;
    }
}
