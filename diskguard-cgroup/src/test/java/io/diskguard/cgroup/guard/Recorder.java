/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.cgroup.guard;

import io.diskguard.device.DiskResolution;
import io.diskguard.model.DeviceId;
import io.diskguard.model.Pod;
import io.diskguard.reconcile.Action;
import io.diskguard.reconcile.DiskGuardListener;
import io.diskguard.reconcile.Outcome;
import io.diskguard.reconcile.Target;
import io.diskguard.spi.LimitPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Keeps what the engine told, in order, as short lines. */
final class Recorder implements DiskGuardListener {
    private final List<String> lines = new ArrayList<>();

    /** What was told since the last call. */
    List<String> drain() {
        var drained = List.copyOf(lines);
        lines.clear();
        return drained;
    }

    @Override
    public void limitApplied(Action.Apply action) {
        lines.add("applied " + action.target().name() + " " + action.decision().limit());
    }

    @Override
    public void driftRepaired(Action.Apply action) {
        lines.add("repaired " + action.target().name());
    }

    @Override
    public void limitCleared(Action.Clear action) {
        lines.add("cleared " + action.cgroup().name());
    }

    @Override
    public void foreignLimit(Action.LeaveForeign action) {
        lines.add("foreign " + action.target().name());
    }

    @Override
    public void limitContested(Target target, DeviceId device, Duration pause) {
        lines.add("contested " + target.name());
    }

    @Override
    public void cgroupUnreadable(Target target, String reason) {
        lines.add("unreadable " + target.name());
    }

    @Override
    public void limitFailed(Action action, Outcome outcome) {
        lines.add("failed " + action.cgroup().name());
    }

    @Override
    public void invalidAnnotation(Pod pod, LimitPolicy.Problem problem) {
        lines.add("invalid " + pod.fullName() + " " + problem.key());
    }

    @Override
    public void diskResolved(DiskResolution resolution) {
        lines.add("disk " + resolution.asked() + " " + resolution.getClass().getSimpleName());
    }

    @Override
    public void podFailed(String uid, RuntimeException failure) {
        lines.add("exception " + failure);
    }
}
