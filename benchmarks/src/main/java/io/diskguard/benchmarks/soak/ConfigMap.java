/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.benchmarks.soak;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/** One file of a ConfigMap, as the kubelet lays it out and exchanges it (pkg/volume/util/atomic_writer.go). Not thread-safe. */
final class ConfigMap {
    private static final String NAME = "config.yaml";

    private final Path directory;
    private Optional<Path> now = Optional.empty();
    private int version;

    ConfigMap(Path directory) throws IOException {
        this.directory = Files.createDirectory(directory);
        Files.createSymbolicLink(file(), Path.of("..data", NAME));
    }

    /** What a program in the pod is told to read. */
    Path file() {
        return directory.resolve(NAME);
    }

    void exchange(String content) throws IOException {
        version++;
        var next = Files.createDirectory(directory.resolve(String.format("..2026_01_01_00_00_00.%010d", version)));
        Files.writeString(next.resolve(NAME), content);
        var link = Files.createSymbolicLink(directory.resolve("..data_tmp"), next.getFileName());
        Files.move(link, directory.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
        if (now.isPresent()) {
            Files.delete(now.get().resolve(NAME));
            Files.delete(now.get());
        }
        now = Optional.of(next);
    }
}
