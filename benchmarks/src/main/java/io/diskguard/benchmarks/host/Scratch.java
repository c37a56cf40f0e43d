/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.benchmarks.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/** A directory of its own; closing it removes all that is in it. */
public record Scratch(Path directory) implements AutoCloseable {
    private static final Path MEMORY = Path.of("/dev/shm");

    public static Scratch make() throws IOException {
        return new Scratch(Files.createTempDirectory("diskguard-benchmark-"));
    }

    /** In memory, where there is a place for that. */
    public static Scratch inMemory() throws IOException {
        return Files.isWritable(MEMORY)
                ? new Scratch(Files.createTempDirectory(MEMORY, "diskguard-benchmark-"))
                : make();
    }

    public Path resolve(String name) {
        return directory.resolve(name);
    }

    @Override
    public void close() throws IOException {
        try (var all = Files.walk(directory)) {
            for (var each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }
}
