/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.reconcile;

import io.diskguard.model.CgroupPath;
import io.diskguard.model.Disk;
import io.diskguard.model.Pod;
import io.diskguard.policy.PolicyChain;
import io.diskguard.policy.limiter.SmartLimiter;
import io.diskguard.spi.CgroupDriver;
import io.diskguard.spi.CgroupDriver.ReadResult;
import io.diskguard.spi.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** One run over one pod: observe, plan, act, tell. Used by one thread. */
final class PodReconciler {
    private final CgroupDriver driver;
    private final Marks marks;
    private final PlanExecutor executor;
    private final TargetFinder finder;
    private final Observer observer;
    private final Supplier<Decider> deciders;
    private final SmartLimiter smart;
    private final GuardedListener listener;
    private final Ticker ticker;
    private final Strangers strangers;
    private final DriftLedger drift = new DriftLedger();
    private final Told told = new Told();

    PodReconciler(
            CgroupDriver driver,
            Marks marks,
            PlanExecutor executor,
            TargetFinder finder,
            Observer observer,
            Supplier<Decider> deciders,
            SmartLimiter smart,
            GuardedListener listener,
            Ticker ticker,
            Strangers strangers) {
        this.driver = driver;
        this.marks = marks;
        this.executor = executor;
        this.finder = finder;
        this.observer = observer;
        this.deciders = deciders;
        this.smart = smart;
        this.listener = listener;
        this.ticker = ticker;
        this.strangers = strangers;
    }

    /**
     * @param claimed the cgroups that belong to the pod
     * @param settled whether nothing is left to be tried again
     */
    record Result(Set<CgroupPath> claimed, boolean settled) {}

    Result reconcile(Pod pod, Collection<Disk> disks, boolean allDisks) {
        var begin = ticker.nanos();
        var found = finder.find(pod, disks);
        var policies = deciders.get().policies();
        var named = policies.named(pod);
        var host = observer.uses().look(named);
        var settled = true;
        var observations = new ArrayList<Observation>();
        var sighting = new Sighting(pod, found.targets(), policies.isExempt(pod));
        for (var target : found.targets()) {
            var mark = marks.read(target.cgroup());
            var excluded = observer.excluded(target).isPresent();
            if (excluded) {
                sighting.excluded(target);
            }
            if (excluded && mark.isNone()) {
                continue;
            }
            var uses = excluded
                    ? Uses.EXCLUDED
                    : host.of(target, named, disks, allDisks).uses();
            var read = driver.read(target.cgroup());
            var reason = unreadable(read, mark);
            if (told.unreadable(target.cgroup(), reason)) {
                listener.tell(to -> to.cgroupUnreadable(target, reason.orElseThrow()));
            }
            if (read instanceof ReadResult.Found limits && mark instanceof MarkReading.Known known) {
                var observed = new Observation(target, uses, limits.limits(), known.mark());
                observations.add(observed);
                sighting.seen(observed);
            }
            if (reason.isPresent()) {
                sighting.unread(target);
            }
            settled &= reason.isEmpty() && !uses.tentative();
        }
        sighting.meet(smart, new TreeSet<>(disks));
        var plan = Reconciler.plan(observations, deciders.get());
        tell(pod, plan, policies);
        settled &= execute(plan, sighting);
        sighting.tell(smart);
        for (var sandbox : found.sandboxes()) {
            settled &= release(sandbox);
        }
        var run = new PodRun(
                pod, sighting.after(plan.rows()), plan.actions().size(), Duration.ofNanos(ticker.nanos() - begin));
        listener.tell(to -> to.podReconciled(run));
        // what we wrote not knowing whose it is; as long as nothing is ours there, it does not matter
        found.strange().stream()
                .filter(cgroup -> marks.read(cgroup.path()) instanceof MarkReading.Known known
                        && !known.mark().isEmpty())
                .forEach(cgroup -> strangers.note(pod, cgroup));
        return new Result(found.claimed(), settled);
    }

    private static Optional<String> unreadable(ReadResult read, MarkReading mark) {
        if (read instanceof ReadResult.ControllerOff off) {
            return Optional.of(off.detail());
        }
        if (read instanceof ReadResult.Failed failed) {
            return Optional.of(failed.detail());
        }
        return read instanceof ReadResult.Found && mark instanceof MarkReading.Unreadable unreadable
                ? Optional.of(unreadable.reason())
                : Optional.empty();
    }

    /** Takes back what is ours in a cgroup that no pod claims; whether nothing is left to be tried again. */
    boolean release(CgroupPath cgroup) {
        if (!(marks.read(cgroup) instanceof MarkReading.Known known)) {
            return false;
        }
        return known.mark().isEmpty()
                || !(driver.read(cgroup) instanceof ReadResult.Found found)
                || execute(Reconciler.planUnclaimed(cgroup, found.limits(), known.mark()), Progress.NONE);
    }

    /**
     * Asks the runtime whose the cgroups are that were limited before that was known, each once.
     *
     * @param idle whether there is nothing better to do
     * @return uids of the pods to look at again
     */
    Set<String> identify(BooleanSupplier idle) {
        return strangers.askDue(idle);
    }

    /** How long until there is something to {@link #identify}. */
    Optional<Duration> untilIdentify() {
        return strangers.untilDue();
    }

    /** Forgets what was said about pods that are no more. */
    void retain(Set<String> uids) {
        told.retain(uids);
        told.prune(driver.hierarchy()::exists);
        strangers.retain(uids, driver.hierarchy()::exists);
        drift.prune(ticker.nanos());
    }

    private boolean execute(Plan plan, Progress progress) {
        var settled = true;
        for (var action : plan.actions()) {
            progress.planned(action);
            settled &= execute(action, progress);
        }
        return settled;
    }

    private boolean execute(Action action, Progress progress) {
        if (action instanceof Action.Apply apply) {
            return apply(apply, progress);
        } else if (action instanceof Action.Clear clear) {
            return settle(clear, executor.clear(clear.cgroup(), clear.device()), () -> {
                progress.done(clear);
                listener.tell(to -> to.limitCleared(clear));
            });
        } else if (action instanceof Action.Remark remark) {
            return settle(remark, executor.remark(remark), () -> progress.done(remark));
        } else if (action instanceof Action.LeaveForeign leave && told.foreign(leave)) {
            listener.tell(to -> to.foreignLimit(leave));
        }
        return true;
    }

    private boolean apply(Action.Apply action, Progress progress) {
        if (action.cause() != Action.Cause.DRIFT) {
            return settle(action, executor.apply(action), () -> {
                progress.done(action);
                listener.tell(to -> to.limitApplied(action));
            });
        }
        var verdict = drift.judge(action.cgroup(), action.device(), ticker.nanos());
        if (verdict == DriftLedger.Verdict.CONTESTED) {
            listener.tell(to -> to.limitContested(action.target(), action.device(), DriftLedger.WINDOW));
        }
        if (verdict != DriftLedger.Verdict.REPAIR) {
            return true;
        }
        return settle(action, executor.apply(action), () -> {
            progress.done(action);
            drift.repaired(action.cgroup(), action.device(), ticker.nanos());
            listener.tell(to -> to.driftRepaired(action));
        });
    }

    private boolean settle(Action action, Outcome outcome, Runnable verified) {
        if (outcome instanceof Outcome.Verified) {
            verified.run();
            return true;
        } else if (outcome instanceof Outcome.Gone) {
            return true;
        }
        listener.tell(to -> to.limitFailed(action, outcome));
        return false;
    }

    private void tell(Pod pod, Plan plan, PolicyChain policies) {
        var now = new HashSet<>(policies.problems(pod));
        now.addAll(plan.problems());
        told.problems(pod, now).forEach(problem -> listener.tell(to -> to.invalidAnnotation(pod, problem)));
        plan.failures().stream()
                .filter(told::failure)
                .forEach(failure -> listener.tell(to -> to.policyFailed(failure)));
    }
}
