/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.runtime.docker;

import io.diskguard.model.CgroupPath;
import io.diskguard.model.SystemdSlice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Where a container's cgroup is: where its process says, else where the daemon's cgroup driver puts it. Thread-safe.
 *
 * <pre>
 * cgroupfs  /docker/&lt;id&gt;                          &lt;parent&gt;/&lt;id&gt;
 * systemd   /system.slice/docker-&lt;id&gt;.scope       /a.slice/a-b.slice/docker-&lt;id&gt;.scope for parent a-b.slice
 * </pre>
 */
final class CgroupFinder {
    private final Path proc;

    /** @param proc the host's, seen from the host's pid namespace */
    CgroupFinder(Path proc) {
        this.proc = proc;
    }

    /** The cgroup of the container's process in the hierarchy with the IO controller; empty if it is another's process. */
    Optional<CgroupPath> ofProcess(long pid, String id) {
        try {
            var lines = Files.readAllLines(proc.resolve(Long.toString(pid)).resolve("cgroup"));
            return line(lines, "blkio").or(() -> line(lines, "")).flatMap(path -> containers(path, id));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** {@code <number>:<controllers>:<path>} (cgroups(7)); v2 has no controllers there. */
    private static Optional<String> line(List<String> lines, String controller) {
        return lines.stream()
                .map(line -> line.split(":", 3))
                .filter(parts -> parts.length == 3
                        && Arrays.asList(parts[1].split(",", -1)).contains(controller))
                .map(parts -> parts[2])
                .findFirst();
    }

    /** A process may have moved itself below its container's cgroup (systemd in a container does). */
    private static Optional<CgroupPath> containers(String path, String id) {
        var at = path.indexOf(id);
        if (at < 0) {
            return Optional.empty();
        }
        var end = path.indexOf('/', at);
        return clean(end < 0 ? path : path.substring(0, end));
    }

    /** Where the driver puts a container; empty if it puts it nowhere or the parent is none for it. */
    static Optional<CgroupPath> computed(String driver, String parent, String id) {
        return switch (driver) {
            case "cgroupfs" -> {
                var in = parent.isEmpty() ? "/docker" : parent.startsWith("/") ? parent : "/" + parent;
                yield clean((in.endsWith("/") ? in : in + "/") + id);
            }
            case "systemd" ->
                slice(parent.isEmpty() ? "system.slice" : parent).map(slice -> slice.child("docker-" + id + ".scope"));
            default -> Optional.empty();
        };
    }

    /** Docker takes the last component where a path is given. */
    private static Optional<CgroupPath> slice(String parent) {
        return SystemdSlice.parse(parent.substring(parent.lastIndexOf('/') + 1)).map(SystemdSlice::path);
    }

    private static Optional<CgroupPath> clean(String path) {
        try {
            return Optional.of(new CgroupPath(path));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
