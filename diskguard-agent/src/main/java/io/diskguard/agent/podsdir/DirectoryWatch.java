/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.podsdir;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Path;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits for file events in a directory that need not exist yet. Where the host has no watch to give, waiting is all that
 * it does. Thread-safe; one thread waits.
 */
final class DirectoryWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DirectoryWatch.class);

    private final Path directory;
    private final Optional<WatchService> service;
    private final CountDownLatch closed = new CountDownLatch(1);
    private Optional<WatchKey> key = Optional.empty();

    DirectoryWatch(Path directory) {
        this.directory = directory;
        this.service = open(directory);
    }

    /** Watches the directory if it exists and is not watched. */
    synchronized void register() {
        if (key.filter(WatchKey::isValid).isPresent() || service.isEmpty()) {
            return;
        }
        try {
            key = Optional.of(directory.register(service.get(), ENTRY_CREATE, ENTRY_MODIFY, ENTRY_DELETE));
        } catch (IOException | ClosedWatchServiceException e) {
            LOG.debug("{} cannot be watched", directory, e);
        }
    }

    /** Returns at the first event, after {@code atMost}, or when closed. */
    void await(Duration atMost) throws InterruptedException {
        register();
        if (service.isEmpty()) {
            closed.await(atMost.toNanos(), TimeUnit.NANOSECONDS);
            return;
        }
        try {
            var event = service.get().poll(atMost.toNanos(), TimeUnit.NANOSECONDS);
            if (event != null) {
                event.pollEvents();
                event.reset();
            }
        } catch (ClosedWatchServiceException e) {
            LOG.debug("watch of {} closed", directory);
        }
    }

    @Override
    public void close() {
        closed.countDown();
        service.ifPresent(open -> {
            try {
                open.close();
            } catch (IOException e) {
                LOG.debug("closing the watch of {}", directory, e);
            }
        });
    }

    private static Optional<WatchService> open(Path directory) {
        try {
            return Optional.of(directory.getFileSystem().newWatchService());
        } catch (IOException | UnsupportedOperationException e) {
            LOG.warn("no file events for {}, it is polled every {} s: {}", directory, 5, e.toString());
            return Optional.empty();
        }
    }
}
