/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.podsdir;

import io.diskguard.spi.PodSource;
import io.diskguard.testkit.PodSourceFixture;
import io.diskguard.testkit.PodSourceTck;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;

class ManifestPodSourceTckTest extends PodSourceTck {
    @TempDir
    Path directory;

    @Override
    protected PodSourceFixture openFixture() {
        return new OfDirectory(directory);
    }

    private static final class OfDirectory implements PodSourceFixture {
        private final Path directory;
        private final ManifestPodSource source;

        OfDirectory(Path directory) {
            this.directory = directory;
            this.source = ManifestPodSource.reading(directory);
        }

        @Override
        public PodSource source() {
            return source;
        }

        @Override
        public String put(String name, Map<String, String> annotations) {
            var lines = annotations.entrySet().stream()
                    .map(entry -> "    \"%s\": \"%s\"\n".formatted(entry.getKey(), entry.getValue()))
                    .collect(Collectors.joining());
            var manifest = """
                    kind: Pod
                    metadata:
                      uid: "uid-%1$s"
                      name: %1$s
                      annotations:%2$s
                    spec:
                      containers: [{name: app}]
                    """.formatted(name, lines.isEmpty() ? " {}" : "\n" + lines.stripTrailing());
            try {
                Files.writeString(file(name), manifest);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            source.refresh();
            return "uid-" + name;
        }

        @Override
        public void remove(String name) {
            try {
                Files.delete(file(name));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            source.refresh();
        }

        private Path file(String name) {
            return directory.resolve(name + ".yaml");
        }

        @Override
        public void close() {
            source.close();
        }
    }
}
