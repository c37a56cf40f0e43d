/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.house;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.DiskGuard;
import io.diskguard.cgroup.HostCgroupFs;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;

/** How large the library is for those who embed it; that it brings no further dependency the build enforces. */
class EmbeddersBurdenTest {
    private static final long BYTES_MAX = 700_000;

    @Test
    void theLibrarysOwnJarsStaySmall() throws Exception {
        var core = size(DiskGuard.class);
        var cgroup = size(HostCgroupFs.class);

        assertThat(core).as("core").isGreaterThan(100_000);
        assertThat(cgroup).as("cgroup").isGreaterThan(30_000);
        assertThat(core + cgroup).as("core and cgroup").isLessThanOrEqualTo(BYTES_MAX);
    }

    /** The jar's, or that of the jar that would be made of the directory (mvn test, an IDE). */
    private static long size(Class<?> of) throws IOException, URISyntaxException {
        var place =
                Path.of(of.getProtectionDomain().getCodeSource().getLocation().toURI());
        if (Files.isRegularFile(place)) {
            return Files.size(place);
        }
        var bytes = new ByteArrayOutputStream();
        try (var jar = new JarOutputStream(bytes);
                var files = Files.walk(place)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                jar.putNextEntry(new JarEntry(place.relativize(file).toString()));
                Files.copy(file, jar);
            }
        }
        return bytes.size();
    }
}
