/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.testkit.example;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.spi.Environment;
import io.diskguard.watch.FileWatch;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BatchNamespacesTest {
    @Test
    void aFileThatWasRemovedStillCounts(@TempDir Path directory) throws Exception {
        var file = Files.writeString(directory.resolve("namespaces"), "nightly\nreports\n");
        try (var batch = new BatchNamespaces(file, Environment.system(), FileWatch.Settings.DEFAULT)) {
            Files.delete(file);
            assertThat(batch.names()).containsExactlyInAnyOrder("nightly", "reports");
        }
    }
}
