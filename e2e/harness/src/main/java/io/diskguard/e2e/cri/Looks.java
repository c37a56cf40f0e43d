/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.e2e.cri;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/**
 * Looks from outside, every 100 µs, at a disk that only one container writes to, and at that container's limits.
 *
 * @param counters the disk's {@code stat} of sysfs (Documentation/block/stat.rst); the kernel counts there with or without a limit
 * @param rules of the container's cgroup, which need not be there yet
 * @param rule the line that is waited for
 */
record Looks(Path counters, Path rules, String rule) {
    private static final int WRITES = 4;
    private static final long LOOK_EVERY_NANOS = 100_000;
    private static final long SECONDS_MAX = 20;

    /** To be made before the container starts. */
    FirstSecond begin() throws IOException {
        return new FirstSecond(done());
    }

    /** @throws IOException if it does not come to that within 20 seconds */
    void until(Predicate<FirstSecond> what, FirstSecond second) throws IOException {
        var start = System.nanoTime();
        while (!what.test(second)) {
            if (System.nanoTime() - start > TimeUnit.SECONDS.toNanos(SECONDS_MAX)) {
                throw new IOException(
                        second.isOver() ? "no rule " + rule + " in " + rules : "no writes in " + counters);
            }
            LockSupport.parkNanos(LOOK_EVERY_NANOS);
            // Writes after the rule: one that is counted before it was done without it
            var limited = second.isLimited() || hasRule();
            var done = done();
            second.looked(System.nanoTime(), done, limited);
        }
    }

    private boolean hasRule() throws IOException {
        try {
            return Files.readString(rules).lines().anyMatch(rule::equals);
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    private long done() throws IOException {
        return Long.parseLong(Files.readString(counters).strip().split(" +")[WRITES]);
    }
}
