/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.reconcile;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Uids of pods that something happened to: however often, each is in it once. Thread-safe. */
final class DirtyPods {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition marked = lock.newCondition();
    private Set<String> uids = new LinkedHashSet<>();
    private boolean woken;

    void mark(String uid) {
        lock.lock();
        try {
            uids.add(uid);
            marked.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Ends a wait without marking anything. */
    void wake() {
        lock.lock();
        try {
            woken = true;
            marked.signalAll();
        } finally {
            lock.unlock();
        }
    }

    boolean isEmpty() {
        lock.lock();
        try {
            return uids.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** Takes all of them, in the order in which they were marked first. */
    Set<String> drain() {
        lock.lock();
        try {
            var drained = uids;
            uids = new LinkedHashSet<>();
            return drained;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until there is one, at most that long. */
    void await(Duration atMost) throws InterruptedException {
        lock.lock();
        try {
            var left = atMost.toNanos();
            while (uids.isEmpty() && !woken && left > 0) {
                left = marked.awaitNanos(left);
            }
            woken = false;
        } finally {
            lock.unlock();
        }
    }
}
