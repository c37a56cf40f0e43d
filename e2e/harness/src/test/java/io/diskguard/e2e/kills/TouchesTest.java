/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.e2e.kills;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.diskguard.model.CgroupPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TouchesTest {
    private static final CgroupPath CGROUP = new CgroupPath("/kubepods/a");

    @Test
    void aWriteOfTheSameValueIsSeenToo(@TempDir Path directory) throws IOException {
        var file = Files.writeString(directory.resolve("io.max"), "8:0 riops=5");
        try (var touches = new Touches()) {
            touches.watch(CGROUP, directory);
            assertThat(touches.poll()).isEmpty();
            Files.writeString(file, "8:0 riops=5");
            await().untilAsserted(() -> assertThat(touches.poll()).isEqualTo(Set.of(CGROUP)));
        }
    }

    @Test
    void otherFilesAreNotLimits(@TempDir Path directory) throws IOException {
        var other = Files.createFile(directory.resolve("cgroup.procs"));
        var file = Files.createFile(directory.resolve("blkio.throttle.write_iops_device"));
        try (var touches = new Touches()) {
            touches.watch(CGROUP, directory);
            Files.writeString(other, "1");
            Files.writeString(file, "8:0 5");
            await().untilAsserted(() -> assertThat(touches.poll()).isEqualTo(Set.of(CGROUP)));
            Files.writeString(other, "2");
            assertThat(touches.poll()).isEmpty();
        }
    }
}
