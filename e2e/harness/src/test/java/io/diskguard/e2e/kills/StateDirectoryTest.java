/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.e2e.kills;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateDirectoryTest {
    private static final List<String> NEEDED = List.of("pods.json");

    @TempDir
    Path directory;

    private void write(String name, String text) throws IOException {
        Files.writeString(directory.resolve(name), text);
    }

    @Test
    void whatIsWholeAndKnownIsNoProblem() throws IOException {
        write("agent.lock", "");
        write("pods.json", "{\"pods\":[]}");
        assertThat(StateDirectory.problems(directory, NEEDED)).isEmpty();
    }

    @Test
    void halfAFileALeftOneAndAMissingOneAre() throws IOException {
        write("marks.json", "{\"marks\":[");
        write("pods.json.tmp", "{}");
        assertThat(StateDirectory.problems(directory, NEEDED))
                .hasSize(3)
                .anySatisfy(problem -> assertThat(problem).isEqualTo("pods.json is not there"))
                .anySatisfy(problem -> assertThat(problem).startsWith("marks.json: "))
                .anySatisfy(problem -> assertThat(problem).isEqualTo("pods.json.tmp is left"));
    }
}
