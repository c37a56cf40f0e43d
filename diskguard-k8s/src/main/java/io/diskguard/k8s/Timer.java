/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.k8s;

import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.LoggerFactory;

/** Does something later. Thread-safe. */
@FunctionalInterface
public interface Timer {
    void after(Duration delay, Runnable task);

    /** On the executor given; what is asked for after its shutdown is not done. */
    static Timer on(ScheduledExecutorService executor) {
        return (delay, task) -> {
            try {
                executor.schedule(guarded(task), delay.toNanos(), TimeUnit.NANOSECONDS);
            } catch (RejectedExecutionException e) {
                LoggerFactory.getLogger(Timer.class).debug("not done after shutdown", e);
            }
        };
    }

    private static Runnable guarded(Runnable task) {
        return () -> {
            try {
                task.run();
            } catch (RuntimeException e) {
                LoggerFactory.getLogger(Timer.class).error("a timed task failed", e);
            }
        };
    }
}
