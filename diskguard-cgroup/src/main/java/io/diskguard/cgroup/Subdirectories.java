/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.cgroup;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/**
 * The directories in a directory, found without asking for the kind of each of its thirty control files: a directory is
 * linked by its name, its own {@code .} and each {@code ..} in it ({@code kernfs_refresh_inode} in {@code fs/kernfs/inode.c}),
 * so what is named as control files are is looked at last, and only until the last directory is found. A file system that
 * does not count so says 1, and everything is looked at.
 */
final class Subdirectories {
    private static final int LINKS_OF_A_LEAF = 2;

    /** Before the first dot of control files; a cgroup may be named so, too, and is only found later. */
    private static final Set<String> CONTROLLERS =
            Set.of("blkio", "cgroup", "cpu", "cpuset", "hugetlb", "io", "irq", "memory", "misc", "pids", "rdma");

    private Subdirectories() {}

    /** Their names, in order; what was seen until then of one that is gone meanwhile or cannot be read. */
    static List<String> of(Path directory) {
        var names = new ArrayList<String>();
        try {
            var expected = count(directory);
            if (expected > 0) {
                find(directory, expected, names);
            }
        } catch (IOException e) {
            // Gone, or not readable.
        }
        Collections.sort(names);
        return List.copyOf(names);
    }

    private static void find(Path directory, int expected, List<String> names) throws IOException {
        var last = new ArrayDeque<String>();
        for (var name : entries(directory)) {
            if (isLikeControlFile(name)) {
                last.add(name);
            } else {
                add(directory, name, names);
            }
        }
        while (names.size() < expected && !last.isEmpty()) {
            add(directory, last.remove(), names);
        }
    }

    /** On the host itself without a path for each file: this is done for each pod every half minute. */
    private static List<String> entries(Path directory) throws IOException {
        if (directory.getFileSystem().equals(FileSystems.getDefault())) {
            var names = directory.toFile().list();
            return names == null ? List.of() : List.of(names);
        }
        try (var entries = Files.list(directory)) {
            return entries.map(entry -> String.valueOf(entry.getFileName())).toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static void add(Path directory, String name, List<String> names) {
        if (name.indexOf('\n') < 0 && isDirectory(directory, name)) {
            names.add(name);
        }
    }

    private static boolean isDirectory(Path directory, String name) {
        try {
            return Files.isDirectory(directory.resolve(name), LinkOption.NOFOLLOW_LINKS);
        } catch (InvalidPathException e) {
            return false; // it cannot be opened by what this locale makes of its name
        }
    }

    private static boolean isLikeControlFile(String name) {
        var dot = name.indexOf('.');
        return dot > 0 && CONTROLLERS.contains(name.substring(0, dot));
    }

    /** At most so many. */
    private static int count(Path directory) throws IOException {
        try {
            var links = Files.getAttribute(directory, "unix:nlink", LinkOption.NOFOLLOW_LINKS);
            return links instanceof Integer number && number >= LINKS_OF_A_LEAF
                    ? number - LINKS_OF_A_LEAF
                    : Integer.MAX_VALUE;
        } catch (UnsupportedOperationException | IllegalArgumentException e) {
            return Integer.MAX_VALUE;
        }
    }
}
