/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.cli;

import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Says on a terminal what is being done, and for how long, where it takes longer than a second and cannot tell how far it is.
 * Closing it takes the line back. Thread-safe.
 */
final class Underway implements AutoCloseable {
    private static final long EVERY = Duration.ofSeconds(1).toMillis();
    private static final String ERASE = "\r\u001b[K";

    private final PrintStream err;
    private final ScheduledThreadPoolExecutor timer;
    private int seconds;
    private boolean isOver;

    private Underway(PrintStream err, String what) {
        this.err = err;
        this.timer = new ScheduledThreadPoolExecutor(1, task -> {
            var thread = new Thread(task, "diskguard-progress");
            thread.setDaemon(true);
            return thread;
        });
        timer.scheduleAtFixedRate(() -> say(what), EVERY, EVERY, TimeUnit.MILLISECONDS);
    }

    /** @param what is done: {@code waiting for the pods} */
    static Underway of(Console console, String what) {
        var underway = new Underway(console.err(), what);
        if (!Descriptor.ERR.isTerminal(console.environment())) {
            underway.close();
        }
        return underway;
    }

    private synchronized void say(String what) {
        if (!isOver) {
            seconds++;
            err.print(ERASE + what + " … " + seconds + " s");
            err.flush();
        }
    }

    @Override
    public synchronized void close() {
        timer.shutdownNow();
        if (!isOver && seconds > 0) {
            err.print(ERASE);
            err.flush();
        }
        isOver = true;
    }
}
