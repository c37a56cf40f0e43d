/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.e2e.cri;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Measures from outside how long a new cgroup is without a rule for a disk: looks every 100 µs. */
public record Gap(Path file, String disk) implements Callable<Long> {
    private static final long LOOK_EVERY_NANOS = 100_000;
    private static final long SECONDS_MAX = 20;

    /** Microseconds from the first look that saw the cgroup to the first that saw the rule. */
    @Override
    public Long call() throws IOException {
        var start = System.nanoTime();
        var appeared = 0L;
        while (System.nanoTime() - start < TimeUnit.SECONDS.toNanos(SECONDS_MAX)) {
            var now = System.nanoTime();
            if (appeared == 0 && Files.exists(file)) {
                appeared = now;
            }
            if (appeared != 0 && Files.readString(file).contains(disk + " ")) {
                return TimeUnit.NANOSECONDS.toMicros(now - appeared);
            }
            LockSupport.parkNanos(LOOK_EVERY_NANOS);
        }
        throw new IOException((appeared == 0 ? "never appeared: " : "no rule for " + disk + " in ") + file);
    }
}
