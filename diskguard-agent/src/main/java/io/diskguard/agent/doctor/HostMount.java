/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.doctor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * One line of {@code mountinfo} (proc_pid_mountinfo(5)). Immutable.
 *
 * @param id unique among all mounts of the host
 * @param root which directory of its file system it shows
 */
record HostMount(String id, String root, String mountPoint) {
    private static final int LEAST_WORDS = 6;
    private static final int LEAST_FIELDS = 3;

    /** Empty if it cannot be read. */
    static List<HostMount> read(Path file) {
        return lines(file).stream()
                .map(line -> line.split(" "))
                .filter(words -> words.length >= LEAST_WORDS)
                .map(words -> new HostMount(words[0], words[3], words[4]))
                .toList();
    }

    /** The paths of {@code /proc/<pid>/cgroup} (cgroups(7)); empty if it cannot be read. */
    static List<String> cgroups(Path file) {
        return lines(file).stream()
                .map(line -> line.split(":", LEAST_FIELDS))
                .filter(words -> words.length == LEAST_FIELDS)
                .map(words -> words[2])
                .toList();
    }

    /** Whether both tables are of one mount namespace. */
    static boolean isSameNamespace(List<HostMount> one, List<HostMount> other) {
        return one.stream()
                .anyMatch(mount -> other.stream().anyMatch(it -> it.id().equals(mount.id())));
    }

    private static List<String> lines(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }
}
