/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.reload;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.config.FileConfigSource;
import io.diskguard.reload.Reload.Result;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each file below e2e/reload/broken is broken as its name says. */
class BrokenFilesTest {
    static List<Path> broken() {
        for (var dir = Path.of("").toAbsolutePath(); dir != null; dir = dir.getParent()) {
            var files = dir.resolve("e2e/reload/broken");
            if (Files.isDirectory(files)) {
                try (var all = Files.list(files)) {
                    return all.sorted().toList();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
        throw new IllegalStateException("not run inside the source tree");
    }

    @Test
    void thereAreManyWaysToBreakAFile() {
        assertThat(broken()).hasSizeGreaterThan(50);
    }

    @ParameterizedTest
    @MethodSource("broken")
    void isRejectedNamingKeyAndLineWhereThereIsOne(Path file) throws IOException {
        var rig = new Rig(Map.of("container_write_iops_limit", 500));
        var source = new FileConfigSource(file, Map.of());
        rig.file.fillFrom(source);

        var reload = rig.looks();

        assertThat(reload.result()).isEqualTo(Result.REJECTED);
        assertThat(rig.applied).isEmpty();
        var lines = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1)
                .lines()
                .toList();
        assertThat(reload.problems()).isNotEmpty().allSatisfy(problem -> {
            assertThat(problem.origin()).startsWith(file.toString());
            assertThat(problem.expected()).isNotEmpty();
            var key = problem.key().replaceFirst("[\\[.].*", "");
            if (!key.equals("*")) {
                var line = problem.origin().substring(file.toString().length() + " line ".length());
                assertThat(lines.get(Integer.parseInt(line) - 1)).startsWith(key);
            }
        });

        assertThat(rig.reads(Map.of("container_write_iops_limit", 200)).result())
                .isEqualTo(Result.APPLIED);
    }
}
