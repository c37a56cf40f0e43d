/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.metrics;

import io.diskguard.reconcile.Action;
import io.diskguard.reconcile.DiskGuardListener;
import io.diskguard.reconcile.Explanation;
import io.diskguard.reconcile.PodRun;
import io.diskguard.spi.Ticker;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How long things took: a run over a pod, and a new cgroup of a container until its limit was read back. Thread-safe. */
public final class Timings implements DiskGuardListener {
    /** Of pods that nobody ever knows there may be many: the oldest are forgotten. */
    static final int MOST = 1000;

    private final Ticker ticker;
    private final Map<String, Long> appeared = new LinkedHashMap<>();
    private final Histogram runs = new Histogram(
            Family.histogram("diskguard_reconcile_duration_seconds", "How long a run over a pod took."),
            0.0005,
            0.001,
            0.0025,
            0.005,
            0.01,
            0.025,
            0.05,
            0.1,
            0.25,
            0.5,
            1,
            2.5,
            10);
    private final Histogram limits = new Histogram(
            Family.histogram(
                    "diskguard_time_to_limit_seconds",
                    "From when the cgroup of a new container was heard of until its limit was read back."),
            0.001,
            0.0025,
            0.005,
            0.01,
            0.02,
            0.05,
            0.1,
            0.25,
            0.5,
            1,
            2.5,
            5,
            10,
            30);

    Timings(Ticker ticker) {
        this.ticker = ticker;
    }

    /** A cgroup of a container is there that was not before. By any thread. */
    public void appeared(String cgroupUid) {
        synchronized (appeared) {
            if (appeared.putIfAbsent(cgroupUid, ticker.nanos()) == null && appeared.size() > MOST) {
                appeared.remove(appeared.keySet().iterator().next());
            }
        }
    }

    @Override
    public void limitApplied(Action.Apply action) {
        if (action.cause() == Action.Cause.NEW) {
            since(action.target().pod().cgroupUid())
                    .ifPresent(since -> limits.took(Duration.ofNanos(ticker.nanos() - since)));
        }
    }

    private Optional<Long> since(String cgroupUid) {
        synchronized (appeared) {
            return Optional.ofNullable(appeared.get(cgroupUid));
        }
    }

    /** What appeared before the run has what it is to have, unless something was refused. */
    @Override
    public void podReconciled(PodRun run) {
        runs.took(run.took());
        if (run.rows().stream().allMatch(Timings::isSettled)) {
            var began = ticker.nanos() - run.took().toNanos();
            synchronized (appeared) {
                appeared.computeIfPresent(run.pod().cgroupUid(), (uid, since) -> since - began <= 0 ? null : since);
            }
        }
    }

    /** Where it is to have no limit nothing is written, whatever somebody else has. */
    private static boolean isSettled(Explanation.Row row) {
        var wanted = row.decision().limit();
        return wanted.isUnlimited() || row.kernel().equals(Optional.of(wanted));
    }

    List<Histogram> all() {
        return List.of(runs, limits);
    }
}
