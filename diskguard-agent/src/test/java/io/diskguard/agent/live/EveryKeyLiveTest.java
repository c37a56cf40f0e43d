/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.diskguard.agent.node.AgentException;
import io.diskguard.agent.node.LiveNode;
import io.diskguard.config.ConfigKey;
import io.diskguard.config.ConfigKeys;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each key of the configuration is changed while the agent runs, and the change is seen where a user sees it. The table of
 * keys says which there are: a key without a scene fails here.
 */
class EveryKeyLiveTest {
    private static final List<Map<String, Scene>> THEMES = List.of(
            LimitScenes.all(),
            DiskScenes.all(),
            ExclusionScenes.all(),
            ProcessScenes.all(),
            RuntimeScenes.all(),
            KubeletScenes.all(),
            SmartScenes.all(),
            WindowScenes.all(),
            ReleaseScenes.all(),
            WaitingScenes.all());

    private static final Map<String, Scene> SCENES = scenes();

    @TempDir
    Path directory;

    private static Map<String, Scene> scenes() {
        var all = new HashMap<String, Scene>();
        for (var theme : THEMES) {
            theme.forEach((key, scene) -> {
                if (all.put(key, scene) != null) {
                    throw new IllegalStateException("two scenes change " + key);
                }
            });
        }
        return all;
    }

    @TestFactory
    Stream<DynamicTest> aChangeIsSeenWithoutARestart() {
        return SCENES.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(each -> dynamicTest(each.getKey(), () -> play(each.getKey(), each.getValue())));
    }

    private void play(String key, Scene scene) throws Exception {
        var own = Files.createDirectory(directory.resolve(key));
        try (var node = new LiveNode(own, scene.v2(), scene.start())) {
            var changed = new LiveKey(node, key);
            scene.play().on(node, changed);
            assertThat(changed.wasChanged()).isTrue();
        }
    }

    @Test
    void everyKeyIsChangedLive() {
        var missing = ConfigKeys.all().stream()
                .map(ConfigKey::name)
                .filter(name -> !SCENES.containsKey(name))
                .toList();
        assertThat(missing)
                .as(
                        "keys that no test changes while the agent runs: add a scene to one of the *Scenes beside this test")
                .isEmpty();
        assertThat(ConfigKeys.all()).as("keys").extracting(ConfigKey::name).containsAll(SCENES.keySet());
    }

    @Test
    void whatNeedsARestartIsSeenToWaitAndNothingElseIs() {
        assertThat(ConfigKeys.all().stream().filter(key -> !key.isLive()).map(ConfigKey::name))
                .containsExactlyInAnyOrderElementsOf(WaitingScenes.all().keySet());
    }

    /** The other way round than in its scene. */
    @Test
    void aCleanupThatIsCalledOffLeavesTheLimits() throws AgentException {
        try (var node = new LiveNode(directory, true, Map.of("on_shutdown", "clear"))) {
            node.runApp().set("on_shutdown", "keep");
            node.stop();
            assertThat(node.limit()).contains("wiops=500");
        }
    }
}
