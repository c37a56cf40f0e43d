/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.reconcile;

import io.diskguard.device.DiskResolution;
import io.diskguard.model.DeviceId;
import io.diskguard.model.Disk;
import io.diskguard.model.Pod;
import io.diskguard.model.PodRef;
import io.diskguard.policy.Decision;
import io.diskguard.policy.smart.Ineffective;
import io.diskguard.policy.smart.Recorded;
import io.diskguard.policy.smart.Round;
import io.diskguard.policy.smart.Watched;
import io.diskguard.spi.LimitPolicy;
import io.diskguard.spi.StateStore;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** Several as one. */
final class Listeners implements DiskGuardListener {
    private final List<GuardedListener> all;

    Listeners(List<DiskGuardListener> listeners) {
        all = listeners.stream().map(GuardedListener::new).toList();
    }

    @Override
    public void limitApplied(Action.Apply action) {
        each(to -> to.limitApplied(action));
    }

    @Override
    public void driftRepaired(Action.Apply action) {
        each(to -> to.driftRepaired(action));
    }

    @Override
    public void limitCleared(Action.Clear action) {
        each(to -> to.limitCleared(action));
    }

    @Override
    public void foreignLimit(Action.LeaveForeign action) {
        each(to -> to.foreignLimit(action));
    }

    @Override
    public void limitContested(Target target, DeviceId device, Duration pause) {
        each(to -> to.limitContested(target, device, pause));
    }

    @Override
    public void cgroupUnreadable(Target target, String reason) {
        each(to -> to.cgroupUnreadable(target, reason));
    }

    @Override
    public void limitFailed(Action action, Outcome outcome) {
        each(to -> to.limitFailed(action, outcome));
    }

    @Override
    public void invalidAnnotation(Pod pod, LimitPolicy.Problem problem) {
        each(to -> to.invalidAnnotation(pod, problem));
    }

    @Override
    public void policyFailed(Decision.Failure failure) {
        each(to -> to.policyFailed(failure));
    }

    @Override
    public void diskResolved(DiskResolution resolution) {
        each(to -> to.diskResolved(resolution));
    }

    @Override
    public void smartDecided(Recorded decision) {
        each(to -> to.smartDecided(decision));
    }

    @Override
    public void smartTook(Recorded decision) {
        each(to -> to.smartTook(decision));
    }

    @Override
    public void stateNotStored(PodRef pod, StateStore.Result result) {
        each(to -> to.stateNotStored(pod, result));
    }

    @Override
    public void sampled(Round round, List<Watched> watched) {
        each(to -> to.sampled(round, watched));
    }

    @Override
    public void countingOff(Disk disk, String reason) {
        each(to -> to.countingOff(disk, reason));
    }

    @Override
    public void limitIneffective(Ineffective finding) {
        each(to -> to.limitIneffective(finding));
    }

    @Override
    public void podReconciled(Pod pod, int actions) {
        each(to -> to.podReconciled(pod, actions));
    }

    @Override
    public void podFailed(String uid, RuntimeException failure) {
        each(to -> to.podFailed(uid, failure));
    }

    private void each(Consumer<DiskGuardListener> event) {
        all.forEach(one -> one.tell(event));
    }
}
