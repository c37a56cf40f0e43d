/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.benchmarks.soak;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a process has open.
 *
 * @param kinds how many descriptors of each kind
 * @param watches of its inotify instances, all together
 */
record OpenFiles(Map<String, Integer> kinds, int watches) {
    private static final String INOTIFY = "inotify";

    OpenFiles {
        kinds = new TreeMap<>(kinds);
    }

    int count() {
        return kinds.values().stream().mapToInt(Integer::intValue).sum();
    }

    static OpenFiles of(long pid) throws IOException {
        var directory = Path.of("/proc", Long.toString(pid));
        var kinds = new TreeMap<String, Integer>();
        var watches = 0;
        try (var open = Files.newDirectoryStream(directory.resolve("fd"))) {
            for (var descriptor : open) {
                try {
                    var kind = kind(Files.readSymbolicLink(descriptor).toString());
                    if (kind.equals(INOTIFY)) {
                        watches += watches(
                                Files.readString(directory.resolve("fdinfo").resolve(descriptor.getFileName())));
                    }
                    kinds.merge(kind, 1, Integer::sum);
                } catch (NoSuchFileException e) {
                    // closed meanwhile
                }
            }
        }
        return new OpenFiles(kinds, watches);
    }

    /** Of what a link in {@code fd} names (proc(5)). */
    static String kind(String target) {
        if (target.startsWith("anon_inode:")) {
            return target.substring("anon_inode:".length()).replaceAll("[\\[\\]]", "");
        }
        return target.startsWith("/") ? "file" : target.replaceAll(":.*", "");
    }

    /** In the text of an inotify descriptor's {@code fdinfo}: a line for each watch. */
    static int watches(String fdinfo) {
        return (int)
                fdinfo.lines().filter(line -> line.startsWith("inotify wd:")).count();
    }
}
