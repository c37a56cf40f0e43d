/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.reload;

import io.diskguard.config.ConfigResult;
import io.diskguard.spi.ConfigSource;
import io.diskguard.spi.Environment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the sources of a configuration: validates what they say, puts it in force whole or not at all, and remembers what
 * became of it. What could not be put in force is tried again every 30 s. Thread-safe.
 */
public final class ConfigReloader implements AutoCloseable {
    /** An apply under way is let end; one that hangs does not hang the end of the process. */
    private static final Duration CLOSING = Duration.ofSeconds(1);

    private static final Logger LOG = LoggerFactory.getLogger(ConfigReloader.class);

    private final List<ConfigSource> sources;
    private final Course course;
    private final Reloading reloading;
    private final ConcurrentSkipListSet<String> told = new ConcurrentSkipListSet<>();
    private final BlockingQueue<Boolean> wake = new ArrayBlockingQueue<>(1);
    private volatile boolean closed;
    private Optional<Thread> thread = Optional.empty();

    private ConfigReloader(
            Environment environment,
            List<ConfigSource> sources,
            ConfigResult.Valid initial,
            ConfigTarget target,
            List<ReloadListener> listeners) {
        this.sources = List.copyOf(sources);
        var names = this.sources.stream().map(ConfigReloader::name).toList();
        this.course = new Course(environment, names, initial);
        this.reloading = new Reloading(environment, this.sources, target, listeners, course, () -> closed);
    }

    /**
     * Begins with what was loaded from these sources, and follows them once started.
     *
     * @param sources the caller's to close, after this
     * @param initial what {@link io.diskguard.config.ConfigLoader#load} gave of them, and is in force
     */
    public static ConfigReloader of(
            Environment environment,
            List<ConfigSource> sources,
            ConfigResult.Valid initial,
            ConfigTarget target,
            List<ReloadListener> listeners) {
        return new ConfigReloader(environment, sources, initial, target, listeners);
    }

    /**
     * Follows the sources in a thread of its own, beginning with what changed since {@code initial} was loaded.
     *
     * @throws IllegalStateException if it was started or closed before
     */
    public synchronized void start(ThreadFactory threads) {
        if (closed || thread.isPresent()) {
            throw new IllegalStateException(closed ? "closed" : "started already");
        }
        follow();
        var started = threads.newThread(this::run);
        thread = Optional.of(started);
        started.start();
    }

    /** What is in force now. */
    public ConfigStatus status() {
        return course.status();
    }

    /** What became of the last changes, the oldest first; the start is the first of all. Older ones than 100 are forgotten. */
    public List<Reload> history() {
        return course.history();
    }

    /** Stops following; what is in force stays. Waits for a change that is being put in force, at most a second. */
    @Override
    public void close() {
        Optional<Thread> running;
        synchronized (this) {
            closed = true;
            running = thread;
        }
        wake.offer(true);
        if (running.isPresent() && running.get() != Thread.currentThread()) {
            try {
                running.get().join(CLOSING.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** From now on the sources wake it. */
    void follow() {
        for (var source : sources) {
            var name = name(source);
            try {
                source.onChange(() -> changed(name));
            } catch (RuntimeException | LinkageError e) {
                LOG.warn("{} cannot tell of changes", name, e);
            }
        }
    }

    /** Looks once. */
    void step() {
        var names = new ArrayList<String>();
        for (var name = told.pollFirst(); name != null; name = told.pollFirst()) {
            names.add(name);
        }
        reloading.look(names);
    }

    private void changed(String name) {
        if (!closed) {
            told.add(name);
            wake.offer(true);
        }
    }

    private void run() {
        try {
            while (!closed) {
                guardedStep();
                wake.poll(reloading.untilNext(), TimeUnit.NANOSECONDS);
            }
        } catch (InterruptedException e) {
            LOG.warn("interrupted: the configuration is followed no more");
            Thread.currentThread().interrupt();
        }
    }

    private void guardedStep() {
        try {
            step();
        } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError e) {
            LOG.error("looking at the configuration failed; what is in force goes on", e);
        }
    }

    /** What a source says of itself, without what tells apart two that say nothing. */
    private static String name(ConfigSource source) {
        return String.valueOf(source).replaceFirst("@[0-9a-f]+$", "");
    }
}
