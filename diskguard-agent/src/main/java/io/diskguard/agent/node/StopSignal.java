/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.node;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells that the process is to end (SIGTERM, SIGINT) and holds its end back until the work is done; the process then ends
 * with the work's exit code, where a JVM would say 143 or 130. Thread-safe.
 */
public final class StopSignal {
    private static final Logger LOG = LoggerFactory.getLogger(StopSignal.class);
    private static final Duration END_WITHIN = Duration.ofSeconds(5);

    private final CountDownLatch requested = new CountDownLatch(1);
    private final CompletableFuture<Integer> finished = new CompletableFuture<>();

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

    /** The work is done: the process may end, with this exit code. */
    public void finished(int exitCode) {
        finished.complete(exitCode);
    }

    private void requestAndWait() {
        request();
        try {
            var exitCode = finished.get(END_WITHIN.toNanos(), TimeUnit.NANOSECONDS);
            Runtime.getRuntime().halt(exitCode);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("the work did not end within {} and is left", END_WITHIN);
        }
    }
}
