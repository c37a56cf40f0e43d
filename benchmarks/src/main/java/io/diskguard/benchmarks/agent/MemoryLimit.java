/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.benchmarks.agent;

import io.diskguard.benchmarks.host.Waiting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** A memory cgroup, v1 or v2, to run a process in. Closing it removes it; the process must have ended. */
record MemoryLimit(Path directory, int mebibytes, boolean v2) implements AutoCloseable {
    static MemoryLimit make(int mebibytes) throws IOException {
        var v1 = Path.of("/sys/fs/cgroup/memory");
        var v2 = !Files.isDirectory(v1);
        var root = v2 ? Path.of("/sys/fs/cgroup") : v1;
        var directory = Files.createDirectory(
                root.resolve("diskguard-benchmark-" + ProcessHandle.current().pid()));
        var file = directory.resolve(v2 ? "memory.max" : "memory.limit_in_bytes");
        Files.writeString(file, Long.toString((long) mebibytes << 20));
        return new MemoryLimit(directory, mebibytes, v2);
    }

    /** The command, begun in the cgroup. */
    List<String> around(List<String> command) {
        var script = "echo $$ > " + directory.resolve("cgroup.procs") + " && exec \"$@\"";
        return Stream.concat(Stream.of("sh", "-c", script, "sh"), command.stream())
                .toList();
    }

    /** What the kubelet calls working set: usage but for cache that is not active. */
    double workingSetMb() throws IOException {
        var usage = Files.readString(directory.resolve(v2 ? "memory.current" : "memory.usage_in_bytes"));
        var inactive = Files.readAllLines(directory.resolve("memory.stat")).stream()
                .filter(line -> line.startsWith(v2 ? "inactive_file " : "total_inactive_file "))
                .mapToLong(line -> Long.parseLong(line.split(" ")[1]))
                .findFirst()
                .orElse(0);
        return (Long.parseLong(usage.strip()) - inactive) / (double) (1 << 20);
    }

    /** Has the kernel forget the files' pages: the next process that reads them is charged for them, as in a fresh pod. */
    static void forget(Path directory) throws IOException {
        try (var files = Files.walk(directory)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                var dd = new ProcessBuilder("dd", "if=" + file, "iflag=nocache", "count=0", "status=none").start();
                Waiting.end(dd, Duration.ofSeconds(10));
            }
        }
    }

    @Override
    public void close() throws IOException {
        Files.delete(directory);
    }
}
