/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.reload;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A ConfigMap as the kubelet mounts it: the file leads through {@code ..data}, which is exchanged as a whole. */
final class MountedMap {
    private static final String NAME = "config.yaml";

    private final Path directory;
    private int version;

    MountedMap(Path directory, String first) throws IOException {
        this.directory = directory;
        Files.createSymbolicLink(file(), Path.of("..data", NAME));
        holds(first);
    }

    Path file() {
        return directory.resolve(NAME);
    }

    void holds(String content) throws IOException {
        exchange(file -> Files.writeString(file, content));
    }

    /** The next version's file, if that makes one. */
    void exchange(Making making) throws IOException {
        var next = Files.createDirectory(directory.resolve("..version-" + ++version));
        making.make(next.resolve(NAME));
        var link = Files.createSymbolicLink(directory.resolve("..data_tmp"), next.getFileName());
        Files.move(link, directory.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
    }

    /** Makes what stands at a path. */
    interface Making {
        void make(Path file) throws IOException;
    }
}
