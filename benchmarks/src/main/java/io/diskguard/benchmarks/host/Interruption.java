/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.benchmarks.host;

import java.time.Duration;

/** Ctrl-C or SIGTERM in the middle of a benchmark. */
public final class Interruption {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private Interruption() {}

    /** From now on a signal interrupts this thread, and the process lives on until it has undone what it made. */
    public static void undoes() {
        var worker = Thread.currentThread();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            worker.interrupt();
            try {
                worker.join(PATIENCE.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }));
    }
}
