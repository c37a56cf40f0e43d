/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.example.restarter;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.example.restarter.CommandLine.Asked;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandLineTest {
    @Test
    void aFileAndACommandAreEnough() {
        assertThat(parse("--config /etc/app/app.conf -- app --config other"))
                .isEqualTo(new Asked.Run(new Options(
                        Path.of("/etc/app/app.conf"),
                        Duration.ofSeconds(10),
                        Duration.ofMillis(500),
                        Duration.ofSeconds(5),
                        OptionalInt.empty(),
                        false,
                        false,
                        List.of("app", "--config", "other"))));
    }

    @Test
    void everythingElseCanBeSaid() {
        assertThat(
                        parse(
                                "--grace 1m --debounce 50ms --poll 1s --signal SIGUSR1 --wait-for-file --debug --config f -- app"))
                .isEqualTo(new Asked.Run(new Options(
                        Path.of("f"),
                        Duration.ofMinutes(1),
                        Duration.ofMillis(50),
                        Duration.ofSeconds(1),
                        OptionalInt.of(10),
                        true,
                        true,
                        List.of("app"))));
        assertThat(parse("--help")).isEqualTo(new Asked.Help());
        assertThat(parse("--version")).isEqualTo(new Asked.Version());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    --config f                       | -- and the command are missing
                    --config f --                    | no command after --
                    --config -- app                  | --config has no value
                    -- app                           | --config is missing
                    --config f --grace 0s -- app     | --grace is no time above zero such as 500ms, 10s or 1m: 0s
                    --config f --poll 5 -- app       | --poll is no time above zero such as 500ms, 10s or 1m: 5
                    --config f --signal KILL -- app  | --signal is not one of HUP, USR1, USR2, WINCH: KILL
                    --config f app                   | unknown: app
                    """)
    void aMistakeIsNamed(String line, String problem) {
        assertThat(parse(line)).isEqualTo(new Asked.Misuse(problem));
    }

    @Test
    void theHelpNamesEverySignalThatIsPassedOn() {
        assertThat(CommandLine.USAGE).contains(Signals.PASSED_ON.keySet()).contains(Signals.STOPPING.keySet());
    }

    private static Asked parse(String line) {
        return CommandLine.parse(List.of(line.split(" ")));
    }
}
