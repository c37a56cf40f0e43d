/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.reconcile;

import io.diskguard.model.CgroupPath;
import io.diskguard.model.DeviceId;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/** Counts repairs, so that we do not fight another writer forever: three in ten minutes, then a pause. Not thread-safe. */
final class DriftLedger {
    static final Duration WINDOW = Duration.ofMinutes(10);
    private static final int REPAIRS = 3;

    private final Map<Key, History> histories = new HashMap<>();

    enum Verdict {
        REPAIR,
        /** One repair too many: the pause begins. */
        CONTESTED,
        /** The pause lasts. */
        PAUSED
    }

    private record Key(CgroupPath cgroup, DeviceId device) {}

    private static final class History {
        private final Deque<Long> repairs = new ArrayDeque<>();
        private boolean paused;
    }

    Verdict judge(CgroupPath cgroup, DeviceId device, long nowNanos) {
        var history = histories.get(new Key(cgroup, device));
        if (history == null || recent(history, nowNanos) < REPAIRS) {
            return Verdict.REPAIR;
        }
        var verdict = history.paused ? Verdict.PAUSED : Verdict.CONTESTED;
        history.paused = true;
        return verdict;
    }

    void repaired(CgroupPath cgroup, DeviceId device, long nowNanos) {
        var history = histories.computeIfAbsent(new Key(cgroup, device), key -> new History());
        history.paused = false;
        history.repairs.add(nowNanos);
    }

    /** Forgets cgroups that have had no repair within the window. */
    void prune(long nowNanos) {
        histories.values().removeIf(history -> recent(history, nowNanos) == 0);
    }

    private static int recent(History history, long nowNanos) {
        history.repairs.removeIf(time -> nowNanos - time >= WINDOW.toNanos());
        return history.repairs.size();
    }
}
