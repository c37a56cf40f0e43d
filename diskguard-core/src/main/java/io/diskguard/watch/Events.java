/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.watch;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** File events of whatever leads to a file, where there are any. One thread follows and waits; any may close. */
final class Events {
    private static final int TRIES = 5;

    private final Path file;
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile @Nullable WatchService service;
    private Map<Path, String> entries = Map.of();
    private Map<WatchKey, Path> watched = new LinkedHashMap<>();
    private boolean isWhole;
    private boolean isSaid;

    Events(Path file, boolean wanted) {
        this.file = file;
        try {
            service = wanted ? file.getFileSystem().newWatchService() : null;
        } catch (IOException | RuntimeException e) {
            missing(file, e);
        }
    }

    /** Whatever changes after this returned on the way that leads to the file now is an event. */
    void follow() {
        for (var i = 0; i < TRIES; i++) {
            var now = Look.through(file);
            var open = service;
            var isNew = !isWhole || !now.equals(entries);
            entries = now;
            if (open == null || !isNew) {
                return;
            }
            register(open);
        }
    }

    private void register(WatchService open) {
        var next = new LinkedHashMap<WatchKey, Path>();
        isWhole = true;
        for (var entry : entries.keySet()) {
            var directory = entry.getParent();
            if (next.containsValue(directory)) {
                continue;
            }
            try {
                next.put(directory.register(open, ENTRY_CREATE, ENTRY_DELETE, ENTRY_MODIFY), directory);
            } catch (NoSuchFileException | NotDirectoryException e) {
                // gone since the walk; the next one says what is there instead
                isWhole = false;
            } catch (IOException | RuntimeException e) {
                isWhole = false;
                missing(directory, e);
            }
        }
        for (var key : watched.keySet()) {
            if (!next.containsKey(key)) {
                key.cancel();
            }
        }
        watched = next;
        FileWatch.LOG.debug("{}: events of {}", file, next.values());
    }

    private void missing(Path of, Exception why) {
        if (!isSaid && !isClosed()) {
            isSaid = true;
            FileWatch.LOG.warn("no file events of {}, {} is only looked at now and then: {}", of, file, why.toString());
        }
    }

    /** Waits for an event on an entry that leads to the file, which it gives, or so many nanoseconds, or until closed. */
    Optional<Path> await(long nanos) throws InterruptedException {
        var open = service;
        Optional<Path> hit = Optional.empty();
        if (open == null) {
            pause(nanos);
            return hit;
        }
        try {
            // one at a time: where others write all the time there is always another
            var key = open.poll(nanos, TimeUnit.NANOSECONDS);
            if (key != null) {
                var directory = watched.get(key);
                for (var event : key.pollEvents()) {
                    // an overflow has no context: anything may have happened
                    var entry = event.context() instanceof Path name && directory != null
                            ? directory.resolve(name)
                            : directory;
                    if (entry != null && (entry == directory || entries.containsKey(entry))) {
                        hit = Optional.of(entry);
                    }
                }
                if (!key.reset() && directory != null) {
                    isWhole = false;
                    hit = Optional.of(directory);
                }
            }
        } catch (ClosedWatchServiceException e) {
            service = null;
            missing(file, e);
        }
        return hit;
    }

    /** Waits so many nanoseconds, or until closed. */
    void pause(long nanos) throws InterruptedException {
        closed.await(nanos, TimeUnit.NANOSECONDS);
    }

    boolean isClosed() {
        return closed.getCount() == 0;
    }

    /** Wakes up who waits. */
    void close() {
        closed.countDown();
        var open = service;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                missing(file, e);
            }
        }
    }

    @Override
    public String toString() {
        var end = file;
        for (var entry : entries.keySet()) {
            end = entry;
        }
        return file
                + (end.equals(file) ? "" : " -> " + end)
                + (service == null ? "; no events" : "; events of " + watched.values());
    }
}
