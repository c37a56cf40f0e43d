/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.metrics;

import static io.diskguard.agent.metrics.Family.counter;

import io.diskguard.reconcile.Action;
import io.diskguard.reconcile.DiskGuardListener;
import io.diskguard.reconcile.Outcome;
import io.diskguard.reconcile.PodRun;
import java.util.function.Function;

/** The five counters of KubeDiskGuard, under its names, for dashboards that were made for it. Used by one thread. */
final class LegacyMetrics implements DiskGuardListener {
    private final Series total;
    private final Series success;
    private final Series fail;
    private final Series skip;
    private final Series reset;

    LegacyMetrics(Function<Family, Series> series) {
        total = series.apply(counter("kubediskguard_container", "Containers that were looked at."));
        success = series.apply(counter("kubediskguard_container_success", "Limits that were set."));
        fail = series.apply(counter("kubediskguard_container_fail", "Limits that could not be set."));
        skip = series.apply(
                counter("kubediskguard_container_skip", "Containers that were looked at and had what they should."));
        reset = series.apply(counter("kubediskguard_container_reset", "Limits that were taken back."));
        for (var each : new Series[] {total, success, fail, skip, reset}) {
            each.set(0);
        }
    }

    @Override
    public void podReconciled(PodRun run) {
        var containers =
                run.rows().stream().map(row -> row.target().cgroup()).distinct().count();
        total.add(containers);
        if (run.actions() == 0) {
            skip.add(containers);
        }
    }

    @Override
    public void limitApplied(Action.Apply action) {
        success.count();
    }

    @Override
    public void driftRepaired(Action.Apply action) {
        success.count();
    }

    @Override
    public void limitFailed(Action action, Outcome outcome) {
        fail.count();
    }

    @Override
    public void limitCleared(Action.Clear action) {
        reset.count();
    }
}
