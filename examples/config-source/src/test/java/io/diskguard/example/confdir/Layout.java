/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.example.confdir;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A directory of keys, and how it is changed. */
interface Layout {
    ConfDirSource.Pace FAST = new ConfDirSource.Pace(Duration.ofMillis(100), Duration.ofMillis(10));

    Path directory();

    /** It says these and no others. */
    void write(Map<String, ?> values);

    static void remove(Path directory, List<String> but) throws IOException {
        try (var files = Files.list(directory)) {
            for (var file : files.toList()) {
                var name = file.getFileName().toString();
                if (!name.startsWith(".") && !but.contains(name)) {
                    Files.delete(file);
                }
            }
        }
    }

    /** As a person edits it. */
    record Plain(Path directory) implements Layout {
        @Override
        public void write(Map<String, ?> values) {
            try {
                Files.createDirectories(directory);
                Layout.remove(directory, List.copyOf(values.keySet()));
                for (var value : values.entrySet()) {
                    Files.writeString(directory.resolve(value.getKey()), value.getValue() + "\n");
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** As the kubelet does it (pkg/volume/util/atomic_writer.go): {@code key -> ..data/key}, {@code ..data} is exchanged at once. */
    record ConfigMap(Path directory) implements Layout {
        @Override
        public void write(Map<String, ?> values) {
            try {
                Files.createDirectories(directory);
                var version = Files.createTempDirectory(directory, "..version");
                for (var value : values.entrySet()) {
                    Files.writeString(
                            version.resolve(value.getKey()), value.getValue().toString());
                }
                var next = directory.resolve("..data_tmp");
                Files.createSymbolicLink(next, version.getFileName());
                Files.move(next, directory.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
                for (var key : values.keySet()) {
                    var link = directory.resolve(key);
                    if (!Files.isSymbolicLink(link)) {
                        Files.createSymbolicLink(link, Path.of("..data", key));
                    }
                }
                Layout.remove(directory, List.copyOf(values.keySet()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
