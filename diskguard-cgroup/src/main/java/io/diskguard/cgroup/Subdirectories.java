/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.cgroup;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
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
 * so the search ends with the last of them, and what is named as control files are is looked at last. A file system that
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
        } catch (IOException | DirectoryIteratorException e) {
            // Gone, or not readable.
        }
        Collections.sort(names);
        return List.copyOf(names);
    }

    private static void find(Path directory, int expected, List<String> names) throws IOException {
        var last = new ArrayDeque<Path>();
        try (var entries = Files.newDirectoryStream(directory)) {
            for (var entry : entries) {
                var name = String.valueOf(entry.getFileName());
                if (isLikeControlFile(name)) {
                    last.add(entry);
                } else {
                    add(entry, name, names);
                }
            }
        }
        while (names.size() < expected && !last.isEmpty()) {
            var entry = last.remove();
            add(entry, String.valueOf(entry.getFileName()), names);
        }
    }

    private static void add(Path entry, String name, List<String> names) {
        if (name.indexOf('\n') < 0 && Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
            names.add(name);
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
