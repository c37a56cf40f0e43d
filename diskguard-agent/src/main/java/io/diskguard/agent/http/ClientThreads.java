/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.http;

import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Makes a pool with a thread for each client that is at it, up to a bound, beyond which they wait. One that has nothing to do is
 * used before another is made, which no queue of the JDK's has a pool do.
 */
final class ClientThreads extends LinkedTransferQueue<Runnable> {
    private static final long serialVersionUID = 1L;
    private static final int IDLE_SECONDS = 5;

    private ClientThreads() {}

    static ThreadPoolExecutor pool(int most) {
        var number = new AtomicInteger();
        var waiting = new ClientThreads();
        return new ThreadPoolExecutor(
                0,
                most,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                waiting,
                task -> {
                    var thread = new Thread(task, "diskguard-http-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                },
                (task, pool) -> waiting.keep(task));
    }

    /** Takes what a thread is waiting for; else the pool makes one, or hands the task to {@link #keep}. */
    @Override
    public boolean offer(Runnable task) {
        return tryTransfer(task);
    }

    private void keep(Runnable task) {
        super.offer(task);
    }
}
