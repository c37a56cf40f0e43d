/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SilentStartTest {
    @TempDir
    Path directory;

    @Test
    void logbackSetsUpNothingOfItsOwn() {
        assertThat(ServiceLoader.load(Configurator.class)).hasAtLeastOneElementOfType(SilentStart.class);
        assertThat(new SilentStart().configure(new LoggerContext()))
                .isEqualTo(Configurator.ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"logback.xml", "logback-test.xml"})
    void aFileForLogbackIsLeftToIt(String name) throws IOException {
        try (var loader = new URLClassLoader(new URL[] {directory.toUri().toURL()}, null)) {
            assertThat(SilentStart.hasFile(loader)).isFalse();
            Files.createFile(directory.resolve(name));
            assertThat(SilentStart.hasFile(loader)).isTrue();
        }
    }
}
