/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.watch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;

/** A volume of a ConfigMap, written step by step as the kubelet does: pkg/volume/util/atomic_writer.go of Kubernetes. */
final class ConfigMapMount {
    private final Path directory;
    private int version;

    ConfigMapMount(Path directory, Map<String, String> content) throws IOException {
        this.directory = Files.createDirectories(directory);
        swap(content);
    }

    Path file(String key) {
        return directory.resolve(key);
    }

    void swap(Map<String, String> content) throws IOException {
        var data = directory.resolve("..data");
        var old = Files.exists(data) ? directory.resolve(Files.readSymbolicLink(data)) : null;
        var next = Files.createDirectory(directory.resolve("..2026_11_22_02_00_00." + version++));
        for (var entry : content.entrySet()) {
            Files.writeString(next.resolve(entry.getKey()), entry.getValue());
        }
        var link = Files.createSymbolicLink(directory.resolve("..data_tmp"), next.getFileName());
        Files.move(link, data, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        for (var key : content.keySet()) {
            if (!Files.exists(file(key), LinkOption.NOFOLLOW_LINKS)) {
                Files.createSymbolicLink(
                        file(key), directory.getFileSystem().getPath("..data").resolve(key));
            }
        }
        if (old != null) {
            delete(old);
        }
    }

    static void delete(Path tree) throws IOException {
        if (Files.isDirectory(tree, LinkOption.NOFOLLOW_LINKS)) {
            try (var entries = Files.newDirectoryStream(tree)) {
                for (var entry : entries) {
                    delete(entry);
                }
            }
        }
        Files.delete(tree);
    }
}
