/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.agent.node.StopSignal;
import io.diskguard.simulator.SimulatedNode;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the help of each command promises, and what wrong usage is answered with. */
class UsageTest {
    private final StringWriter out = new StringWriter();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "run         | --config --plugins --pods-dir --record --log-format",
                "demo        | --real",
                "doctor      | --config --plugins --output changes_nothing",
                "explain     | <namespace>/<pod> --config --pods-dir --output writes_nothing",
                "simulate    | --output",
                "reset       | --config --dry-run --output",
                "completion  | bash|zsh|fish source_<(diskguard_completion_bash)",
                "config      | check reference",
                "config check | FILE --plugins --output exit_code_2",
                "config reference | Markdown"
            })
    void theHelpOfEachCommandSaysWhatItTakes(String command, String promised) {
        assertThat(run((command.strip() + " --help").split(" "))).isZero();

        var help = out.toString().replaceAll("\\s+", " ");
        assertThat(help).startsWith("Usage: diskguard " + command.strip()).contains("--help", "--version");
        for (var word : promised.strip().split(" ")) {
            assertThat(help).contains(word.replace('_', ' '));
        }
        assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    @Test
    void theHelpOfTheProgramListsEveryCommandAndTheExitCodes() {
        assertThat(run("--help")).isZero();
        assertThat(out.toString())
                .contains("run", "demo", "doctor", "explain", "simulate", "reset", "completion", "config")
                .contains(
                        "Exit codes:", "0   done", "1   tried, and failed", "2   arguments or configuration are wrong");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "-h", "", "--version --help", "--help run", "--confg=x"})
    void whateverNamesNoCommandAtFirstIsAnsweredWithThemAll(String line) {
        run(line.isEmpty() ? new String[0] : line.split(" "));
        assertThat(out + err.toString(StandardCharsets.UTF_8))
                .contains("\n  run ", "\n  demo ", "\n  doctor ", "\n  explain ", "\n  top ", "\n  simulate ")
                .contains("\n  reset ", "\n  completion ", "\n  config ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--version", "-V", "run --version", "--version run"})
    void theVersionIsToldWithOrWithoutACommand(String line) {
        assertThat(run(line.split(" "))).isZero();
        assertThat(out.toString()).startsWith("diskguard ").hasLineCount(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "docter",
                "run --confg=x",
                "run now",
                "doctor --output=yaml",
                "doctor --config",
                "explain",
                "explain web",
                "explain a/b/c",
                "explain shop/web more",
                "explain shop/web --output=xml",
                "reset --dryrun",
                "reset everything",
                "demo --real=perhaps",
                "config",
                "config chek",
                "config check a b",
                "config reference x",
                "completion",
                "completion tcsh",
                "simulate --output=csv"
            })
    void wrongUsageIsOneClearErrorAndExitCodeTwo(String line) {
        assertThat(run(line.split(" "))).isEqualTo(2);
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString(StandardCharsets.UTF_8)).isNotBlank().doesNotContain("\tat ", "Exception", "java.");
    }

    @Test
    void aCommandThatIsMisspeltIsAnsweredWithTheNearest() {
        run("docter");
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("docter", "doctor");
    }

    @Test
    void fishIsToldCommandsOptionsAndValues() {
        assertThat(run("completion", "fish")).isZero();
        assertThat(out.toString())
                .contains("-a run ", "-a demo ", "-a explain ", "-a top ", "-a simulate ", "-a reset ", "-a config ")
                .contains("-n '__fish_use_subcommand' -a doctor -d 'Says what works on this node")
                .contains("-n '__fish_seen_subcommand_from doctor' -l output -x -a 'text json'")
                .contains("-n '__fish_seen_subcommand_from config; and __fish_seen_subcommand_from check' -l plugins");
    }

    @Test
    void bashIsToldCommandsOptionsAndValues() {
        assertThat(run("completion", "bash")).isZero();
        assertThat(out.toString())
                .startsWith("#!/usr/bin/env bash")
                .contains("run demo doctor explain top simulate reset completion config", "--output", "\"json\"");
    }

    private int run(String... arguments) {
        try (var node = SimulatedNode.v1()) {
            var errors = new PrintStream(err, true, StandardCharsets.UTF_8);
            return CommandLineInterface.execute(
                    new Console(new PrintWriter(out, true), errors, node.environment(), new StopSignal()), arguments);
        }
    }
}
