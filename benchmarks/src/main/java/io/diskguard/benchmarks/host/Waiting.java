/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.benchmarks.host;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Waiting while a process lives. */
public final class Waiting {
    private Waiting() {}

    public interface Condition {
        boolean holds() throws IOException;
    }

    /** @throws IOException if the process ends first, or the condition does not hold in time */
    public static void until(String what, Process process, Duration patience, Condition condition) throws IOException {
        long begin = System.nanoTime();
        while (!condition.holds()) {
            if (System.nanoTime() - begin > patience.toNanos()) {
                throw new IOException("not within " + patience.toSeconds() + " s: " + what);
            }
            pause(process, Duration.ofMillis(5));
        }
    }

    /** @throws IOException if the process ends first */
    public static void pause(Process process, Duration time) throws IOException {
        try {
            if (process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IOException("the process ended with " + process.exitValue());
            }
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    /** Waits for an end that comes by itself. */
    public static void end(Process process, Duration patience) throws IOException {
        try {
            if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                throw new IOException("did not end");
            }
        } catch (InterruptedException e) {
            process.descendants().forEach(ProcessHandle::destroy);
            process.destroy();
            throw new IOException(e);
        }
    }

    /** Ends it, if it must be by force. */
    public static void end(Process process) {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
