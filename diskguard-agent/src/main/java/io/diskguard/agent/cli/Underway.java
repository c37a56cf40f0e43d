/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.cli;

import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Says on a terminal what is being done, and for how long, where it takes longer than a second and cannot tell how far it is.
 * Closing it takes the line back. Thread-safe.
 */
final class Underway implements AutoCloseable {
    private static final long EVERY = Duration.ofSeconds(1).toMillis();

    private final TerminalLine line;
    private final ScheduledThreadPoolExecutor timer;
    private int seconds;
    private boolean isOver;

    private Underway(TerminalLine line, String what) {
        this.line = line;
        this.timer = new ScheduledThreadPoolExecutor(1, task -> {
            var thread = new Thread(task, "diskguard-progress");
            thread.setDaemon(true);
            return thread;
        });
        if (line.isSeen()) {
            timer.scheduleAtFixedRate(() -> say(what), EVERY, EVERY, TimeUnit.MILLISECONDS);
        }
    }

    /** @param what is done: {@code waiting for the pods} */
    static Underway of(Console console, String what) {
        return new Underway(new TerminalLine(console.err(), console.environment()), what);
    }

    private synchronized void say(String what) {
        if (!isOver) {
            seconds++;
            line.show(what + " … " + seconds + " s");
        }
    }

    @Override
    public synchronized void close() {
        timer.shutdownNow();
        isOver = true;
        line.takeBack();
    }
}
