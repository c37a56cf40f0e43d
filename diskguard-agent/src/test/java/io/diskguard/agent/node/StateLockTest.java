/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateLockTest {
    @TempDir
    private Path directory;

    @Test
    void aSecondAgentOnANodeDoesNotStart() throws Exception {
        try (var first = StateLock.take(directory)) {
            assertThat(first).isNotNull();
            assertThatThrownBy(() -> StateLock.take(directory))
                    .isInstanceOf(AgentException.class)
                    .hasMessageContaining("another agent runs on this node with state_dir " + directory);
        }
    }

    @Test
    void afterTheFirstEndedTheNextDoes() throws Exception {
        StateLock.take(directory.resolve("made")).close();
        try (var next = StateLock.take(directory.resolve("made"))) {
            assertThat(next).isNotNull();
        }
    }

    @Test
    void aDirectoryThatCannotBeWrittenKeepsNoNodeUnguarded() throws Exception {
        var file = Files.writeString(directory.resolve("file"), "");
        try (var lock = StateLock.take(file.resolve("state"))) {
            assertThat(lock).isNotNull();
        }
    }
}
