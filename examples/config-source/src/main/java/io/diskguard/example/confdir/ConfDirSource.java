/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.example.confdir;

import io.diskguard.spi.ConfigSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A directory with one file for each key; it is followed as soon as somebody wants to hear of changes. Thread-safe. */
final class ConfDirSource implements ConfigSource {
    /** Over the configuration file (100), below environment variables (200). */
    static final int ORDER = 150;

    private static final Logger LOG = LoggerFactory.getLogger(ConfDirSource.class);

    private final ConfDir directory;
    private final Pace pace;
    private final ThreadFactory threads;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private Optional<DirectoryEvents> events = Optional.empty();
    private boolean closed;

    /**
     * How it is followed.
     *
     * @param poll time between two looks without an event, as where a directory comes over NFS
     * @param debounce how long nothing must change before a change is told
     */
    record Pace(Duration poll, Duration debounce) {
        static final Pace USUAL = new Pace(Duration.ofSeconds(5), Duration.ofMillis(300));
    }

    ConfDirSource(Path directory, Pace pace, ThreadFactory threads) {
        this.directory = new ConfDir(directory);
        this.pace = pace;
        this.threads = threads;
    }

    @Override
    public int order() {
        return ORDER;
    }

    @Override
    public Snapshot snapshot() {
        return directory.read();
    }

    @Override
    public synchronized void onChange(Runnable changed) {
        listeners.add(changed);
        if (events.isEmpty() && !closed) {
            var opened = new DirectoryEvents(directory.directory());
            events = Optional.of(opened);
            var before = directory.read();
            threads.newThread(() -> follow(opened, before)).start();
        }
    }

    private void follow(DirectoryEvents open, Snapshot before) {
        var told = before;
        try {
            while (!open.isClosed()) {
                open.await(pace.poll());
                var now = directory.read();
                while (!now.equals(told) && !open.isClosed()) {
                    open.pause(pace.debounce());
                    var later = directory.read();
                    if (later.equals(now)) {
                        told = now;
                        tell();
                    }
                    now = later;
                }
            }
        } catch (InterruptedException e) {
            LOG.warn("{} is followed no more: interrupted", this);
        }
    }

    private void tell() {
        for (var listener : listeners) {
            try {
                listener.run();
            } catch (RuntimeException e) {
                LOG.warn("a listener to {} failed", this, e);
            }
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        listeners.clear();
        events.ifPresent(DirectoryEvents::close);
    }

    /** The directory: people read it as the source of a change. */
    @Override
    public String toString() {
        return directory.directory().toString();
    }
}
