/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.escape;

import io.diskguard.cgroup.CgroupLayout;
import io.diskguard.cgroup.HostCgroupFs;
import io.diskguard.model.CgroupPath;
import io.diskguard.spi.CgroupFs;
import io.diskguard.spi.HostPaths;
import io.diskguard.spi.ReadBuffer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What a container wrote to files that is not on a disk yet: {@code dirty} and {@code writeback} of its memory cgroup's
 * {@code memory.stat} (kernel {@code Documentation/admin-guide/cgroup-v1/memory.rst} and {@code cgroup-v2.rst}).
 */
record DirtyPages(Path proc, CgroupFs cgroups, Optional<CgroupFs> memory) {
    private static final String PROCESSES = "cgroup.procs";
    private static final String FILE = "memory.stat";
    private static final Set<String> KEYS = Set.of("total_dirty", "total_writeback", "file_dirty", "file_writeback");

    /** @param cgroups the hierarchy in which containers are limited */
    static DirtyPages of(HostPaths paths, CgroupFs cgroups) {
        return new DirtyPages(paths.proc(), cgroups, CgroupLayout.memory(paths).map(HostCgroupFs::new));
    }

    /** In bytes; empty if nobody counts it for this cgroup alone. */
    OptionalLong of(CgroupPath cgroup) {
        if (memory.isEmpty() || cgroup.isRoot()) {
            return OptionalLong.empty();
        }
        // kubelet and runtimes use one path in all hierarchies
        var fs = memory.get();
        var same = fs.exists(cgroup, FILE) ? Optional.of(cgroup) : otherOf(fs, cgroup);
        return same.map(path -> read(fs, path)).orElseGet(OptionalLong::empty);
    }

    private static OptionalLong read(CgroupFs fs, CgroupPath cgroup) {
        var buffer = new ReadBuffer();
        if (!fs.read(cgroup, FILE, buffer).isOk()) {
            return OptionalLong.empty();
        }
        var sum = 0L;
        var any = false;
        for (var line : buffer.text().split("\n")) {
            var space = line.indexOf(' ');
            if (space > 0 && KEYS.contains(line.substring(0, space))) {
                try {
                    sum += Long.parseLong(line.substring(space + 1).strip());
                    any = true;
                } catch (NumberFormatException unknown) {
                    return OptionalLong.empty();
                }
            }
        }
        return any ? OptionalLong.of(sum) : OptionalLong.empty();
    }

    /** The one that a process of it is in, if it is for its processes alone. */
    private Optional<CgroupPath> otherOf(CgroupFs fs, CgroupPath cgroup) {
        var processes = processes(cgroups, cgroup);
        return processes.stream()
                .findFirst()
                .flatMap(this::memoryOf)
                .filter(path -> !path.isRoot()
                        && processes.containsAll(processes(fs, path))
                        && fs.children(path).isEmpty());
    }

    private static Set<String> processes(CgroupFs fs, CgroupPath cgroup) {
        var buffer = new ReadBuffer();
        return fs.read(cgroup, PROCESSES, buffer).isOk()
                ? new HashSet<>(buffer.text().lines().toList())
                : Set.of();
    }

    private Optional<CgroupPath> memoryOf(String pid) {
        try {
            for (var line : Files.readAllLines(proc.resolve(pid).resolve("cgroup"))) {
                // 4:memory:/a/b
                var parts = line.split(":", 3);
                if (parts.length == 3 && List.of(parts[1].split(",")).contains("memory")) {
                    return Optional.of(new CgroupPath(parts[2]));
                }
            }
        } catch (IOException | IllegalArgumentException unknown) {
            return Optional.empty();
        }
        return Optional.empty();
    }
}
