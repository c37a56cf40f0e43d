/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.runtime.containerd;

import io.diskguard.model.CgroupPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Where the kernel says that a process is. */
record ProcCgroups(Path proc) {
    /**
     * The cgroup of the container that the process is in: in the hierarchy with {@code blkio}, else in that of v2; up to the
     * component that names the container (empty where none does: it is another's process), since crun and systemd in a
     * container make cgroups of their own below it.
     */
    Optional<CgroupPath> of(long pid, String id) {
        final List<String> lines;
        try {
            lines = Files.readAllLines(proc.resolve(Long.toString(pid)).resolve("cgroup"));
        } catch (IOException e) {
            return Optional.empty();
        }
        return path(lines, "blkio")
                .or(() -> path(lines, ""))
                .flatMap(path -> upTo(id, path))
                .flatMap(CgroupsPaths::absolute);
    }

    /** A line is {@code hierarchy:controller,controller:path}; that of v2 has no controllers. */
    private static Optional<String> path(List<String> lines, String controller) {
        return lines.stream()
                .map(line -> line.split(":", 3))
                .filter(parts ->
                        parts.length == 3 && Arrays.asList(parts[1].split(",")).contains(controller))
                .map(parts -> parts[2])
                .findFirst();
    }

    private static Optional<String> upTo(String id, String path) {
        var named = path.indexOf(id);
        var end = named < 0 ? -1 : path.indexOf('/', named);
        return named < 0 ? Optional.empty() : Optional.of(end < 0 ? path : path.substring(0, end));
    }
}
