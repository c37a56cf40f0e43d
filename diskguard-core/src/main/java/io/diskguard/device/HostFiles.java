/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.device;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** Files of procfs and sysfs: any of them may be absent, unreadable or gone the next moment. */
final class HostFiles {
    /** One attribute of sysfs is at most a page; mount tables of busy nodes are some megabytes. */
    private static final int LONGEST = 64 << 20;

    private HostFiles() {}

    /** The text without white space around it; empty if it cannot be read. */
    static Optional<String> read(Path file) {
        try (var in = Files.newInputStream(file)) {
            // names on a host may hold bytes that are no UTF-8; that costs those names only
            return Optional.of(new String(in.readNBytes(LONGEST), StandardCharsets.UTF_8).strip());
        } catch (IOException absent) {
            return Optional.empty();
        }
    }

    /** The entries of a directory, sorted; none if it cannot be read. */
    static List<String> names(Path directory) {
        var names = new TreeSet<String>();
        try (var entries = Files.newDirectoryStream(directory)) {
            entries.forEach(entry -> names.add(entry.getFileName().toString()));
        } catch (IOException | DirectoryIteratorException absent) {
            return List.of();
        }
        return List.copyOf(names);
    }
}
