/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.reconcile;

import io.diskguard.model.CgroupPath;
import io.diskguard.model.DeviceId;
import io.diskguard.model.DeviceLimits;
import io.diskguard.model.DiskUse;
import io.diskguard.policy.Decision;
import io.diskguard.policy.PolicyChain;
import io.diskguard.policy.smart.SmartLimit;
import io.diskguard.spi.LimitPolicy;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Compares what the kernel has with what it should have. Pure: no clock, no file, no state. */
public final class Reconciler {
    private Reconciler() {}

    /** What has to change so that each observed container has, on each of its disks, what the policies decide. */
    public static Plan plan(List<Observation> observations, Decider decider) {
        var actions = new ArrayList<Action>();
        var rows = new ArrayList<Explanation.Row>();
        var problems = new HashSet<LimitPolicy.Problem>();
        var failures = new HashSet<Decision.Failure>();
        for (var observed : observations) {
            var target = observed.target();
            for (var use : observed.uses().disks()) {
                // Whose limit by load the mark tells of may be known later
                var disk = use.disk().id();
                var ours = observed.mark().get(disk);
                var marked =
                        target.container().isPresent() ? Optional.<SmartLimit>empty() : ours.flatMap(Mark.Entry::smart);
                var decision = decider.decide(target.pod(), target.representative(), use, marked);
                if (!decision.problems().isEmpty()) {
                    problems.addAll(decision.problems());
                }
                if (!decision.failures().isEmpty()) {
                    failures.addAll(decision.failures());
                }
                var isHeld = observed.uses().tentative() && ours.isPresent();
                if (isHeld) {
                    decision = held(ours.get(), decider.policies(), decision.smart());
                }
                var action = isHeld ? hold(observed, disk, decision) : limit(observed, disk, decision, ours);
                if (action.isPresent()) {
                    actions.add(action.get());
                }
                rows.add(new Explanation.Row(
                        target, use, decision, Optional.of(observed.limits().get(disk)), ours.map(Mark.Entry::limit)));
            }
            if (observed.uses().tentative()) {
                holdOthers(observed, decider.policies(), actions);
            }
            if (observed.uses().complete()) {
                takeBackOthers(observed, actions);
            }
        }
        return new Plan(actions, rows, problems, failures);
    }

    /** Takes back all that is ours in a cgroup that no pod claims. */
    static Plan planUnclaimed(CgroupPath cgroup, DeviceLimits limits, Mark mark) {
        return new Plan(
                mark.entries().keySet().stream()
                        .<Action>map(device -> new Action.Clear(Optional.empty(), cgroup, device, limits.get(device)))
                        .toList(),
                List.of(),
                Set.of(),
                Set.of());
    }

    private static void takeBackOthers(Observation observed, List<Action> actions) {
        for (var marked : observed.mark().entries().keySet()) {
            if (!isUsed(observed.uses().disks(), marked)) {
                actions.add(clear(observed, marked));
            }
        }
    }

    private static boolean isUsed(List<DiskUse> uses, DeviceId device) {
        for (var use : uses) {
            if (use.disk().id().equals(device)) {
                return true;
            }
        }
        return false;
    }

    private static Optional<Action> limit(
            Observation observed, DeviceId disk, Decision decision, Optional<Mark.Entry> ours) {
        var target = observed.target();
        var wanted = decision.limit();
        var actual = observed.limits().get(disk);
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
            var cause = cause(observed, disk, decision);
            return Optional.of(new Action.Apply(target, disk, actual, decision, cause));
        }
        return wanted.equals(ours.get().limit()) && isSame(ours.get().smart(), decision.smart())
                ? Optional.empty()
                : Optional.of(new Action.Remark(target, disk, actual, decision));
    }

    private static boolean isSame(Optional<SmartLimit> one, Optional<SmartLimit> other) {
        return one.isPresent() && other.isPresent() ? one.get().isSameAs(other.get()) : one.equals(other);
    }

    /** What was decided while more was known: nothing takes it away, and load and ceiling tighten it all the same. */
    private static Decision held(Mark.Entry ours, PolicyChain policies, Optional<SmartLimit> smart) {
        return policies.held(ours.limit(), ours.origin(), smart.or(ours::smart));
    }

    private static Optional<Action> hold(Observation observed, DeviceId disk, Decision decision) {
        var actual = observed.limits().get(disk);
        return decision.limit().isUnlimited() || decision.limit().equals(actual)
                ? Optional.empty()
                : Optional.of(
                        new Action.Apply(observed.target(), disk, actual, decision, cause(observed, disk, decision)));
    }

    /** A disk that only a volume was on may be gone: it is there as long as it has our limit. */
    private static void holdOthers(Observation observed, PolicyChain policies, List<Action> actions) {
        observed.mark().entries().forEach((disk, ours) -> {
            if (!isUsed(observed.uses().disks(), disk)
                    && ours.limit().equals(observed.limits().get(disk))) {
                hold(observed, disk, held(ours, policies, Optional.empty())).ifPresent(actions::add);
            }
        });
    }

    private static Action.Cause cause(Observation observed, DeviceId disk, Decision decision) {
        var ours = observed.mark().get(disk).map(Mark.Entry::limit);
        var isOurs = ours.filter(observed.limits().get(disk)::equals).isPresent();
        return isOurs && !ours.equals(Optional.of(decision.limit())) ? Action.Cause.CHANGED : Action.Cause.DRIFT;
    }

    private static Action clear(Observation observed, DeviceId disk) {
        var target = observed.target();
        return new Action.Clear(
                Optional.of(target), target.cgroup(), disk, observed.limits().get(disk));
    }
}
