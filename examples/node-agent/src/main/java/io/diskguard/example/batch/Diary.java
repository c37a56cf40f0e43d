/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.example.batch;

import io.diskguard.device.DiskResolution;
import io.diskguard.model.Pod;
import io.diskguard.reconcile.Action;
import io.diskguard.reconcile.DiskGuardListener;
import io.diskguard.reconcile.Outcome;
import io.diskguard.spi.LimitPolicy;
import java.util.function.Consumer;

/** Says on a line each what was done: an agent of yours would count it, or tell its control plane. */
record Diary(Consumer<String> out) implements DiskGuardListener {
    @Override
    public void diskResolved(DiskResolution resolution) {
        out.accept("disk " + resolution);
    }

    @Override
    public void limitApplied(Action.Apply action) {
        out.accept("limited " + action.target().name() + " on " + action.device() + ": "
                + action.decision().limit());
    }

    @Override
    public void driftRepaired(Action.Apply action) {
        out.accept("repaired " + action.target().name() + " on " + action.device());
    }

    @Override
    public void limitCleared(Action.Clear action) {
        out.accept("freed " + action.cgroup() + " on " + action.device());
    }

    @Override
    public void limitFailed(Action action, Outcome outcome) {
        out.accept("failed " + action.cgroup() + " on " + action.device() + ": " + outcome);
    }

    @Override
    public void invalidAnnotation(Pod pod, LimitPolicy.Problem problem) {
        out.accept("wrong in " + pod.name() + ": " + problem.key() + "=" + problem.value() + ", expected "
                + problem.expected());
    }
}
