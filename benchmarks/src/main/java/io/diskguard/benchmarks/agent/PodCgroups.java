/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.benchmarks.agent;

import io.diskguard.model.DeviceId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Cgroups of a node's containers in one branch of the real {@code blkio} hierarchy, and a {@code /proc} in which that
 * branch is the whole: other cgroups of this machine stay out of it. Closing it removes them.
 */
record PodCgroups(Path branch, Path proc, List<Path> containers) implements AutoCloseable {
    private static final List<String> FILES =
            List.of("blkio.throttle.read_iops_device", "blkio.throttle.write_iops_device");

    static PodCgroups make(Path hierarchy, Path scratch, List<String> names) throws IOException {
        var branch = Files.createDirectory(hierarchy.resolve(
                "diskguard-benchmark-" + ProcessHandle.current().pid()));
        var cgroups = new PodCgroups(
                branch,
                procOf(branch, scratch),
                names.stream().map(branch::resolve).toList());
        for (var container : cgroups.containers) {
            Files.createDirectories(container);
        }
        return cgroups;
    }

    /** Whether each container has a limit of reads and of writes on the disk. */
    boolean allLimited(DeviceId disk) throws IOException {
        var line = disk + " ";
        for (int i = containers.size() - 1; i >= 0; i--) {
            for (var file : FILES) {
                if (!Files.readString(containers.get(i).resolve(file)).contains(line)) {
                    return false;
                }
            }
        }
        return true;
    }

    /** As for a node that was just booted: the same cgroups, without a limit. */
    void renew() throws IOException {
        remove();
        for (var container : containers) {
            Files.createDirectories(container);
        }
    }

    @Override
    public void close() throws IOException {
        remove();
        Files.delete(branch);
    }

    private void remove() throws IOException {
        for (var directory : directories()) {
            if (!directory.equals(branch)) {
                Files.deleteIfExists(directory);
            }
        }
    }

    /** Deepest first. */
    private List<Path> directories() throws IOException {
        try (Stream<Path> all = Files.walk(branch)) {
            var found = new ArrayList<>(all.filter(Files::isDirectory).toList());
            java.util.Collections.reverse(found);
            return found;
        }
    }

    private static Path procOf(Path branch, Path scratch) throws IOException {
        var proc = Files.createDirectories(scratch.resolve("proc"));
        for (var name : List.of("1", "cmdline", "diskstats", "partitions", "pressure")) {
            Files.createSymbolicLink(proc.resolve(name), Path.of("/proc", name));
        }
        var mount = "35 31 0:32 / " + branch + " rw,relatime - cgroup cgroup rw,blkio\n";
        Files.writeString(Files.createDirectory(proc.resolve("self")).resolve("mountinfo"), mount);
        return proc;
    }
}
