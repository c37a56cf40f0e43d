/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.smart;

import io.diskguard.policy.smart.Recorded;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The newest decisions; older ones are forgotten. Thread-safe. */
public final class DecisionJournal {
    /** How many are kept. */
    public static final int MOST = 1000;

    private final Deque<Recorded> newestLast = new ArrayDeque<>();

    /** An empty one. */
    public DecisionJournal() {}

    synchronized void add(Recorded decision) {
        newestLast.addLast(decision);
        if (newestLast.size() > MOST) {
            newestLast.removeFirst();
        }
    }

    /** All that are kept, oldest first. */
    public synchronized List<Recorded> decisions() {
        return List.copyOf(newestLast);
    }

    /** Those about the pod, oldest first. */
    public List<Recorded> ofPod(String uid) {
        return decisions().stream().filter(each -> each.pod().uid().equals(uid)).toList();
    }
}
