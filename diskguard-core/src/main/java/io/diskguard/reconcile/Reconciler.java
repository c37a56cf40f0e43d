/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.reconcile;

import io.diskguard.model.CgroupPath;
import io.diskguard.model.DeviceId;
import io.diskguard.model.DeviceLimits;
import io.diskguard.model.Disk;
import io.diskguard.model.DiskUse;
import io.diskguard.model.IoLimit;
import io.diskguard.policy.Decision;
import io.diskguard.policy.PolicyChain;
import io.diskguard.spi.LimitPolicy;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Compares what the kernel has with what it should have. Pure: no clock, no file, no state. */
final class Reconciler {
    private Reconciler() {}

    /**
     * What has to change so that each observed container has, on each of the disks, what the policies decide.
     *
     * @param allDisks whether the disks are all that are configured: then ours on any other is taken back
     */
    static Plan plan(List<Observation> observations, Collection<Disk> disks, boolean allDisks, PolicyChain policies) {
        var actions = new ArrayList<Action>();
        for (var observation : observations) {
            for (var disk : disks) {
                var target = observation.target();
                var decision = policies.decide(
                        new LimitPolicy.Subject(target.pod(), target.container(), DiskUse.guarded(disk)));
                limit(observation, disk.id(), decision).ifPresent(actions::add);
            }
            for (var marked : observation.mark().entries().keySet()) {
                if (allDisks && disks.stream().noneMatch(disk -> disk.id().equals(marked))) {
                    actions.add(clear(observation, marked));
                }
            }
        }
        return new Plan(actions);
    }

    /** Takes back all that is ours in a cgroup that no pod claims. */
    static Plan planUnclaimed(CgroupPath cgroup, DeviceLimits limits, Mark mark) {
        return new Plan(mark.entries().keySet().stream()
                .<Action>map(device -> new Action.Clear(Optional.empty(), cgroup, device, limits.get(device)))
                .toList());
    }

    private static Optional<Action> limit(Observation observed, DeviceId disk, Decision decision) {
        var target = observed.target();
        var wanted = decision.limit();
        var actual = observed.limits().get(disk);
        var ours = observed.mark().get(disk).map(Mark.Entry::limit);
        if (ours.isEmpty()) {
            if (wanted.isUnlimited() || wanted.equals(actual)) {
                return Optional.empty();
            }
            return Optional.of(
                    actual.isUnlimited()
                            ? new Action.Apply(target, disk, actual, decision, Action.Cause.NEW)
                            : new Action.LeaveForeign(target, disk, actual, wanted));
        }
        if (wanted.isUnlimited()) {
            return Optional.of(clear(observed, disk));
        }
        if (!wanted.equals(actual)) {
            var cause = cause(ours.get(), wanted, actual);
            return Optional.of(new Action.Apply(target, disk, actual, decision, cause));
        }
        return wanted.equals(ours.get())
                ? Optional.empty()
                : Optional.of(new Action.Remark(target, disk, actual, decision));
    }

    private static Action.Cause cause(IoLimit ours, IoLimit wanted, IoLimit actual) {
        return ours.equals(wanted) || !ours.equals(actual) ? Action.Cause.DRIFT : Action.Cause.CHANGED;
    }

    private static Action clear(Observation observed, DeviceId disk) {
        var target = observed.target();
        return new Action.Clear(
                Optional.of(target), target.cgroup(), disk, observed.limits().get(disk));
    }
}
