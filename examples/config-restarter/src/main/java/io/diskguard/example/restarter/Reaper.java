/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.example.restarter;

import com.sun.jna.Native;
import com.sun.jna.ptr.IntByReference;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** The only one that waits for children, in a thread of its own: the child, and every orphan that comes to this process. */
final class Reaper {
    /** Orphans can come without a start: what was executed in the container from outside. */
    private static final long LOOK_SECONDS = 1;

    private final Semaphore starts = new Semaphore(0);

    /** Told of each child once it was reaped. */
    @FunctionalInterface
    interface Ended {
        /** @param code exit code, or 128 and the signal's number */
        void told(int process, int code);
    }

    /** There is a child again. */
    void started() {
        starts.release();
    }

    /** Until interrupted. */
    void reap(Ended ended) {
        var status = new IntByReference();
        try {
            while (true) {
                var process = Libc.waitpid(-1, status, 0);
                if (process > 0) {
                    ended.told(process, code(status.getValue()));
                } else if (Native.getLastError() != Libc.EINTR) {
                    starts.tryAcquire(LOOK_SECONDS, TimeUnit.SECONDS);
                    starts.drainPermits();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Of the status that wait(2) gives. */
    static int code(int status) {
        var signal = status & 0x7f;
        return signal == 0 ? status >> 8 & 0xff : 128 + signal;
    }
}
