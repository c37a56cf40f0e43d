/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.reload.faults;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.diskguard.reconcile.DiskGuardListener;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/** What is told of troubles, to listeners and in the log. Thread-safe. */
final class Heard implements AutoCloseable {
    private static final Set<String> TROUBLES = Set.of(
            "limitContested",
            "cgroupUnreadable",
            "limitFailed",
            "invalidAnnotation",
            "policyFailed",
            "stateNotStored",
            "countingOff",
            "podFailed");

    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Logger log = (Logger) LoggerFactory.getLogger("io.diskguard");
    private final Appender appender = new Appender();
    private final Thread owner = Thread.currentThread();

    Heard() {
        appender.start();
        log.addAppender(appender);
    }

    /** Of this node: others may be at work in other threads. */
    private final class Appender extends AppenderBase<ILoggingEvent> {
        @Override
        protected void append(ILoggingEvent event) {
            if (event.getLevel().isGreaterOrEqual(Level.WARN) && Thread.currentThread() == owner) {
                var failure = event.getThrowableProxy();
                log(event.getFormattedMessage() + (failure == null ? "" : " " + failure.getMessage()));
            }
        }
    }

    DiskGuardListener listener() {
        return (DiskGuardListener) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {DiskGuardListener.class}, (proxy, method, arguments) -> {
                    if (TROUBLES.contains(method.getName())) {
                        log(method.getName() + " " + Arrays.toString(arguments));
                    }
                    return null;
                });
    }

    void log(String line) {
        lines.add(line);
    }

    List<String> lines() {
        return List.copyOf(lines);
    }

    void clear() {
        lines.clear();
    }

    @Override
    public void close() {
        log.detachAppender(appender);
        appender.stop();
    }
}
