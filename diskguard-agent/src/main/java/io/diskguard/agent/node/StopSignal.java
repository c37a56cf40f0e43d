/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.node;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Tells that the process is to end (SIGTERM, SIGINT) and holds its end back until the work is done. Thread-safe. */
public final class StopSignal {
    private static final Duration END_WITHIN = Duration.ofSeconds(5);

    private final CountDownLatch requested = new CountDownLatch(1);
    private final CountDownLatch finished = new CountDownLatch(1);

    /** A signal that only {@link #request} gives. */
    public StopSignal() {}

    /** The signal that this process gets, through a shutdown hook. */
    public static StopSignal ofThisProcess() {
        var signal = new StopSignal();
        Runtime.getRuntime().addShutdownHook(new Thread(signal::requestAndWait, "diskguard-stop"));
        return signal;
    }

    /** Asks for the end. */
    public void request() {
        requested.countDown();
    }

    /** Waits until the end is asked for. */
    public void await() throws InterruptedException {
        requested.await();
    }

    /** Waits until the end is asked for, at most so long; whether it was. */
    public boolean await(Duration atMost) throws InterruptedException {
        return requested.await(atMost.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** The work is done: the process may end. */
    public void finished() {
        finished.countDown();
    }

    private void requestAndWait() {
        request();
        try {
            finished.await(END_WITHIN.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
