/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.runtime.docker;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** What the follower is to look at next; several events of one container become one. Thread-safe. */
final class Signals {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition something = lock.newCondition();
    private final Set<String> changed = new LinkedHashSet<>();
    private Optional<EventStream> stream = Optional.empty();
    private Optional<String> lost = Optional.empty();
    private boolean again;
    private boolean closed;

    /** @param lost why the stream is, if it is */
    record Batch(Set<String> changed, boolean again, Optional<String> lost) {}

    /** Forgets what a former stream left. */
    EventStream begin() {
        return locked(() -> {
            var fresh = new EventStream(this);
            changed.clear();
            again = false;
            lost = Optional.empty();
            stream = Optional.of(fresh);
            return fresh;
        });
    }

    void changed(String id) {
        locked(() -> changed.add(id));
    }

    /** The list is to be looked at again. */
    void again() {
        locked(() -> again = true);
    }

    /** Heeded only of the last stream. */
    void lost(EventStream which, String reason) {
        locked(() -> {
            if (stream.filter(which::equals).isPresent() && lost.isEmpty()) {
                lost = Optional.of(reason);
            }
            return lost;
        });
    }

    void close() {
        locked(() -> closed = true);
    }

    boolean isClosed() {
        return locked(() -> closed);
    }

    /** Waits until there is something; the batch is empty once closed. */
    Batch await() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!closed && !again && changed.isEmpty() && lost.isEmpty()) {
                something.await();
            }
            var batch = new Batch(closed ? Set.of() : Set.copyOf(changed), again && !closed, lost);
            changed.clear();
            again = false;
            return batch;
        } finally {
            lock.unlock();
        }
    }

    /** Waits that long, less if closed. */
    void pause(Duration delay) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            for (var left = delay.toNanos(); left > 0 && !closed; ) {
                left = something.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    private <T> T locked(java.util.function.Supplier<T> change) {
        lock.lock();
        try {
            var result = change.get();
            something.signalAll();
            return result;
        } finally {
            lock.unlock();
        }
    }
}
