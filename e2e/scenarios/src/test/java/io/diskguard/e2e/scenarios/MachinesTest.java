/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.e2e.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The files of the machines, which are told what to run by names that no compiler sees. */
class MachinesTest {
    private static final Path MACHINES = Path.of("../vm/machines");
    private static final Path SOURCES = Path.of("src/main/java");
    private static final Pattern PACKAGE = Pattern.compile("io\\.diskguard(?:\\.\\w+)+");

    @Test
    void everyScenarioIsRunByOneMachineAndNoneIsAskedForThatIsNot() throws IOException {
        try (var machines = Files.list(MACHINES)) {
            var asked = machines.flatMap(machine -> packages(machine).stream()).toList();

            assertThat(asked).containsExactlyInAnyOrderElementsOf(withScenarios());
        }
    }

    private static List<String> packages(Path machine) {
        try {
            return PACKAGE.matcher(Files.readString(machine))
                    .results()
                    .map(MatchResult::group)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> withScenarios() throws IOException {
        try (var all = Files.walk(SOURCES)) {
            return all.filter(file -> file.toString().endsWith("Test.java"))
                    .map(file -> SOURCES.relativize(file.getParent()).toString().replace('/', '.'))
                    .distinct()
                    .toList();
        }
    }
}
