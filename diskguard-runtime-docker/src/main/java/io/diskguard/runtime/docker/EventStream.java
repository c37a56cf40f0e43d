/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.runtime.docker;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.Event;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands what happens to containers on, until the daemon or the connection is lost. Unlike the library's own it takes a
 * connection back that comes up only after it was closed, and leaves it to the follower what to log. Thread-safe.
 */
final class EventStream implements ResultCallback<Event> {
    private static final Logger LOG = LoggerFactory.getLogger(EventStream.class);

    private final Signals signals;
    private final CountDownLatch answered = new CountDownLatch(1);
    private Optional<Closeable> connection = Optional.empty();
    private Optional<Throwable> trouble = Optional.empty();
    private boolean closed;

    EventStream(Signals signals) {
        this.signals = signals;
    }

    /** Waits until the daemon has answered; false if it did not. */
    boolean awaitAnswer(Duration patience) throws InterruptedException {
        return answered.await(patience.toNanos(), TimeUnit.NANOSECONDS);
    }

    synchronized Optional<Throwable> trouble() {
        return trouble;
    }

    @Override
    public void onStart(Closeable opened) {
        synchronized (this) {
            connection = Optional.of(opened);
        }
        answered.countDown();
        if (isClosed()) {
            close();
        }
    }

    @Override
    public void onNext(Event event) {
        Optional.ofNullable(event.getActor())
                .flatMap(actor -> Optional.ofNullable(actor.getId()))
                .or(() -> Optional.ofNullable(event.getId()))
                .ifPresent(signals::changed);
    }

    @Override
    public void onError(Throwable throwable) {
        synchronized (this) {
            trouble = Optional.of(throwable);
        }
        answered.countDown();
        signals.lost(this, "the event stream broke: " + throwable);
    }

    @Override
    public void onComplete() {
        answered.countDown();
        signals.lost(this, "the daemon ended the event stream");
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    @Override
    public void close() {
        Optional<Closeable> open;
        synchronized (this) {
            closed = true;
            open = connection;
            connection = Optional.empty();
        }
        try {
            if (open.isPresent()) {
                open.get().close();
            }
        } catch (IOException e) {
            LOG.debug("closing the event stream", e);
        }
    }
}
