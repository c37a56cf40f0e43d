/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.e2e.scenarios.kernel;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.diskguard.model.DeviceId;
import io.diskguard.policy.smart.Recorded;
import io.diskguard.reconcile.Action;
import io.diskguard.reconcile.DiskGuardListener;
import io.diskguard.reconcile.Outcome;
import io.diskguard.reconcile.Target;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/** What the engine told and what it logged as a warning or worse, as short lines. Thread-safe. */
final class Heard extends AppenderBase<ILoggingEvent> implements DiskGuardListener, AutoCloseable {
    private final List<String> told = new CopyOnWriteArrayList<>();
    private final Map<String, Long> first = new ConcurrentHashMap<>();
    private final List<String> logged = new CopyOnWriteArrayList<>();
    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);

    Heard() {
        setContext(root.getLoggerContext());
        start();
        root.addAppender(this);
    }

    List<String> told() {
        return List.copyOf(told);
    }

    List<String> told(String kind) {
        return told.stream().filter(line -> line.startsWith(kind + " ")).toList();
    }

    List<String> logged() {
        return List.copyOf(logged);
    }

    /** When a line was told for the first time; by the clock that nobody can set. */
    OptionalLong nanosOf(String line) {
        var nanos = first.get(line);
        return nanos == null ? OptionalLong.empty() : OptionalLong.of(nanos);
    }

    /** Forgets what was told until now. */
    void clear() {
        told.clear();
        first.clear();
    }

    private void tell(String line) {
        first.putIfAbsent(line, System.nanoTime());
        told.add(line);
    }

    @Override
    protected void append(ILoggingEvent event) {
        if (event.getLevel().isGreaterOrEqual(Level.WARN)) {
            var thrown = event.getThrowableProxy();
            logged.add(event.getLevel() + " " + event.getFormattedMessage()
                    + (thrown == null ? "" : ": " + thrown.getClassName() + " " + thrown.getMessage()));
        }
    }

    @Override
    public void limitApplied(Action.Apply action) {
        tell("applied " + action.target().name());
    }

    @Override
    public void driftRepaired(Action.Apply action) {
        tell("repaired " + action.target().name());
    }

    @Override
    public void limitCleared(Action.Clear action) {
        tell("cleared " + action.cgroup());
    }

    @Override
    public void foreignLimit(Action.LeaveForeign action) {
        tell("foreign " + action.target().name());
    }

    @Override
    public void limitContested(Target target, DeviceId device, Duration pause) {
        tell("contested " + target.name());
    }

    @Override
    public void cgroupUnreadable(Target target, String reason) {
        tell("unreadable " + target.name() + " " + reason);
    }

    @Override
    public void limitFailed(Action action, Outcome outcome) {
        tell("failed " + action.cgroup() + " " + outcome);
    }

    @Override
    public void smartDecided(Recorded recorded) {
        tell("decided " + recorded.decision().kind() + " " + recorded.pod().name());
    }

    @Override
    public void smartTook(Recorded recorded) {
        tell("took " + recorded.decision().kind() + " " + recorded.pod().name());
    }

    @Override
    public void podFailed(String uid, RuntimeException failure) {
        tell("exception " + uid + " " + failure);
    }

    @Override
    public void close() {
        root.detachAppender(this);
        stop();
    }
}
