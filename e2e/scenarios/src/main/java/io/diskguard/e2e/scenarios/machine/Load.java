/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.e2e.scenarios.machine;

import io.diskguard.model.CgroupPath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** A process in a cgroup that reads or writes as fast as it may, past the page cache, until it is closed. */
public final class Load implements AutoCloseable {
    private static final AtomicInteger FILES = new AtomicInteger();

    /** What it does. */
    public enum Kind {
        READ("if=\"$1\" of=/dev/null iflag=direct"),
        WRITE("if=/dev/zero of=\"$1\" conv=notrunc oflag=direct");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        /** A shell's loop that goes through the file that is its first argument again and again, until that fails. */
        public String loop(int block, int bytes) {
            return "while dd " + words + " bs=" + block + " count=" + bytes / block + " status=none; do :; done";
        }
    }

    private static final int BYTES = 32 << 20;

    private final Process process;
    private final Optional<Path> file;

    private Load(Process process, Optional<Path> file) {
        this.process = process;
        this.file = file;
    }

    /**
     * Starts dd, again and again, on a file of its own in the directory, with blocks of so many bytes. The file is laid out before the
     * process is in the cgroup, and removed when this is closed.
     */
    public static Load start(Cgroups cgroups, CgroupPath cgroup, Kind kind, Path directory, int block) {
        var file = directory.resolve("load-" + ProcessHandle.current().pid() + "-" + FILES.incrementAndGet());
        return start(
                Optional.of(file),
                cgroups,
                cgroup,
                "dd if=/dev/zero of=\"$1\" bs=1M count=" + (BYTES >> 20) + " conv=fsync status=none; ",
                kind.loop(block, BYTES),
                file.toString());
    }

    /** Starts a program in the cgroup. */
    public static Load run(Cgroups cgroups, CgroupPath cgroup, String... command) {
        return start(Optional.empty(), cgroups, cgroup, "", "exec \"$@\"", command);
    }

    private static Load start(
            Optional<Path> file,
            Cgroups cgroups,
            CgroupPath cgroup,
            String before,
            String inside,
            String... arguments) {
        var procs = cgroups.directory(cgroup).resolve("cgroup.procs");
        // a group of its own: what it starts while it is ended ends with it
        var all = new ArrayList<>(
                List.of("setsid", "sh", "-c", before + "echo 0 > \"$0\" && " + inside, procs.toString()));
        all.addAll(List.of(arguments));
        try {
            var process = new ProcessBuilder(all)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                    .start();
            return new Load(process, file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public boolean isRunning() {
        return process.isAlive();
    }

    /** Waits for its end and returns its exit status. */
    public int end() {
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        if (isRunning()) {
            killGroup();
            process.destroyForcibly(); // one that has no group yet has started nothing
            end();
        }
        if (file.isPresent()) {
            try {
                Files.deleteIfExists(file.get());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private void killGroup() {
        try {
            new ProcessBuilder("sh", "-c", "kill -KILL -- -$0", Long.toString(process.pid()))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
