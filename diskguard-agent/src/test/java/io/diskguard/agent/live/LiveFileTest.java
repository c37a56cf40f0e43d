/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.agent.node.AgentException;
import io.diskguard.agent.node.LiveNode;
import io.diskguard.reload.Reload.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From the file to the kernel, as an editor or a ConfigMap replaces it. */
class LiveFileTest {
    private static final Duration MOMENT = Duration.ofMillis(20);

    @TempDir
    Path directory;

    @Test
    void aFileThatIsReplacedReachesTheKernelAndOneThatIsWrongDoesNot() throws IOException, AgentException {
        var file = directory.resolve("config.yaml");
        replace(file, "container_iops_limit: 300\n");
        try (var node = new LiveNode(directory, true, Map.of(), Optional.of(file))) {
            assertThat(node.runApp().limit()).contains("riops=300 wiops=300");

            replace(file, "container_iops_limit: 200\n");
            assertThat(node.reload(MOMENT).result()).isEqualTo(Result.APPLIED);
            assertThat(node.limit()).contains("riops=200 wiops=200");

            replace(file, "container_iops_limit: many\n");
            assertThat(node.reload(MOMENT).result()).isEqualTo(Result.REJECTED);
            assertThat(node.limit()).contains("riops=200 wiops=200");
            assertThat(node.ready()).contains("\"ready\" : false", "container_iops_limit is \\\"many\\\"");

            replace(file, "container_iops_limit: 100\n");
            assertThat(node.reload(MOMENT).result()).isEqualTo(Result.APPLIED);
            assertThat(node.limit()).contains("riops=100 wiops=100");
            assertThat(node.ready()).contains("\"ready\" : true");
        }
    }

    private static void replace(Path file, String text) throws IOException {
        var beside = file.resolveSibling(".next");
        Files.writeString(beside, text);
        Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
