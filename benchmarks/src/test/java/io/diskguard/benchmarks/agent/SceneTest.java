/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.benchmarks.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SceneTest {
    private static final List<String> AGENT =
            List.of("-cp", System.getProperty("java.class.path"), "io.diskguard.agent.Main");

    @TempDir
    private Path directory;

    @BeforeAll
    static void quietly() {
        SceneRun.quietly();
    }

    @ParameterizedTest
    @EnumSource
    void aPartThatIsNotUsedHasNoClassLoaded(Scene scene) throws IOException {
        var classes = new SceneRun(AGENT, directory).of(scene);
        var all = new SoftAssertions();
        for (var part : Part.values()) {
            if (scene.uses(part)) {
                all.assertThat(classes.of(part)).as("%s, used", part).isNotEmpty();
            } else {
                all.assertThat(classes.of(part)).as("%s, not used", part).hasSizeLessThanOrEqualTo(scene.named(part));
            }
        }
        all.assertAll();
    }

    @Test
    void thatIsSeenAsTheJvmTellsWhichClassesItLoads() throws IOException {
        var classes = new SceneRun(AGENT, directory).of(Scene.VERSION);
        assertThat(classes.names()).contains("java.lang.Object", "io.diskguard.agent.Main");
    }
}
