/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.example.confdir;

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

/** Says when to look at a directory: at its file events where there are any, else now and then. One thread waits; any may close. */
final class DirectoryEvents implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DirectoryEvents.class);

    private final Path directory;
    private final Optional<WatchService> service;
    private final CountDownLatch closed = new CountDownLatch(1);
    private Optional<WatchKey> key = Optional.empty();

    /** Whatever changes after this returned is an event. */
    DirectoryEvents(Path directory) {
        this.directory = directory;
        this.service = open(directory);
        follow();
    }

    private static Optional<WatchService> open(Path directory) {
        try {
            return Optional.of(directory.getFileSystem().newWatchService());
        } catch (IOException | UnsupportedOperationException e) {
            LOG.warn("no file events of {}, it is only looked at now and then: {}", directory, e.toString());
            return Optional.empty();
        }
    }

    /** Waits for an event, or so long, or until closed. */
    void await(Duration atMost) throws InterruptedException {
        if (service.isEmpty() || !follow()) {
            pause(atMost);
            return;
        }
        try {
            var event = service.get().poll(atMost.toNanos(), TimeUnit.NANOSECONDS);
            if (event != null) {
                event.pollEvents();
                event.reset();
            }
        } catch (ClosedWatchServiceException e) {
            closed.countDown();
        }
    }

    /** A directory that was removed, and made again, is followed again. */
    private boolean follow() {
        if (service.isPresent() && (key.isEmpty() || !key.get().isValid())) {
            try {
                key = Optional.of(directory.register(service.get(), ENTRY_CREATE, ENTRY_DELETE, ENTRY_MODIFY));
            } catch (IOException | ClosedWatchServiceException e) {
                key = Optional.empty();
            }
        }
        return key.isPresent();
    }

    /** Waits so long, or until closed. */
    void pause(Duration time) throws InterruptedException {
        closed.await(time.toNanos(), TimeUnit.NANOSECONDS);
    }

    boolean isClosed() {
        return closed.getCount() == 0;
    }

    @Override
    public void close() {
        closed.countDown();
        try {
            if (service.isPresent()) {
                service.get().close();
            }
        } catch (IOException e) {
            LOG.debug("file events of {} did not close", directory, e);
        }
    }
}
