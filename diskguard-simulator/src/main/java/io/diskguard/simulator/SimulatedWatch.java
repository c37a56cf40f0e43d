/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.simulator;

import io.diskguard.model.CgroupPath;
import io.diskguard.spi.CgroupWatch;
import io.diskguard.spi.FsResult;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** A watch that loses events as the JDK's does: past 512 of one directory all of them, leaving one overflow. */
final class SimulatedWatch implements CgroupWatch {
    private static final int MOST_PER_DIRECTORY = 512;

    private final CgroupCalls fs;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<Queued> queue = new ArrayDeque<>();
    /** Watched directories, with the number of their queued events. */
    private final Map<CgroupPath, Integer> pending = new HashMap<>();

    private boolean closed;

    SimulatedWatch(CgroupCalls fs) {
        this.fs = fs;
    }

    @Override
    public FsResult watch(CgroupPath cgroup) {
        return fs.register(this, cgroup);
    }

    void add(CgroupPath cgroup) {
        locked(() -> pending.putIfAbsent(cgroup, 0));
    }

    void appeared(CgroupPath directory, CgroupPath child) {
        locked(() -> {
            var waiting = pending.getOrDefault(directory, -1);
            if (waiting >= 0 && waiting < MOST_PER_DIRECTORY) {
                enqueue(directory, new Event.Appeared(child), waiting + 1);
            } else if (waiting == MOST_PER_DIRECTORY) {
                queue.removeIf(queued -> queued.directory().equals(directory));
                enqueue(directory, new Event.Overflow(directory), MOST_PER_DIRECTORY + 1);
            }
        });
    }

    void gone(CgroupPath directory) {
        locked(() -> {
            if (pending.remove(directory) != null) {
                queue.add(new Queued(directory, new Event.Gone(directory)));
                changed.signal();
            }
        });
    }

    private void enqueue(CgroupPath directory, Event event, int waiting) {
        pending.put(directory, waiting);
        queue.add(new Queued(directory, event));
        changed.signal();
    }

    @Override
    public Optional<Event> take(Duration atMost) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            var left = atMost.toNanos();
            while (queue.isEmpty() && !closed && left > 0) {
                left = changed.awaitNanos(left);
            }
            if (queue.isEmpty() || closed) {
                return Optional.empty();
            }
            var next = queue.remove();
            pending.computeIfPresent(
                    next.directory(), (at, waiting) -> next.event() instanceof Event.Overflow ? 0 : waiting - 1);
            return Optional.of(next.event());
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        fs.unregister(this);
        locked(() -> {
            closed = true;
            changed.signalAll();
        });
    }

    private void locked(Runnable body) {
        lock.lock();
        try {
            body.run();
        } finally {
            lock.unlock();
        }
    }

    private record Queued(CgroupPath directory, Event event) {}
}
