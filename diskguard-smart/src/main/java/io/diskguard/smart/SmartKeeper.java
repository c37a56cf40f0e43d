/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.smart;

import io.diskguard.config.DiskCapacity;
import io.diskguard.config.GuardConfig;
import io.diskguard.config.SmartSettings;
import io.diskguard.model.ContainerKey;
import io.diskguard.model.DeviceId;
import io.diskguard.model.Disk;
import io.diskguard.model.IoLimit;
import io.diskguard.model.Pod;
import io.diskguard.model.PodRef;
import io.diskguard.policy.PolicyChain;
import io.diskguard.policy.limiter.LoadInputs;
import io.diskguard.policy.limiter.SmartLimiter;
import io.diskguard.policy.smart.Ineffective;
import io.diskguard.policy.smart.Moment;
import io.diskguard.policy.smart.Recorded;
import io.diskguard.policy.smart.SmartDecision;
import io.diskguard.policy.smart.SmartDecision.Kind;
import io.diskguard.policy.smart.SmartLimit;
import io.diskguard.policy.smart.SmartLimits;
import io.diskguard.policy.smart.Surroundings;
import io.diskguard.policy.smart.Watched;
import io.diskguard.smart.state.SmartStateCodec;
import io.diskguard.spi.Environment;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Smart limits of this node: restores them with each pod that is met, decides at each round, and has the pods say what is in
 * force. What it decides reaches the kernel by the plan of the pod, like any other limit. Used by the loop's thread;
 * {@link #limits()} and {@link #decisions()} by any.
 */
public final class SmartKeeper implements SmartLimiter {
    private static final Logger LOG = LoggerFactory.getLogger(SmartKeeper.class);

    private final SmartEngine engine;
    private final Rounds rounds;
    private final StateMirror mirror;
    private final Function<DeviceId, String> identity;
    /** Of this turn: each container of a node that starts asks for the same few. */
    private final Map<DeviceId, String> asked = new HashMap<>();

    private final Told told;
    private final Effectiveness effectiveness;
    private final DecisionJournal journal = new DecisionJournal();
    private final Roster roster;
    private final Map<String, Met> met = new HashMap<>();
    private final Underway underway = new Underway();
    /** Pods that this process wrote of before it came to shadow: that is taken back, all else stays. */
    private final Set<String> left = new HashSet<>();

    private SmartSettings settings;
    private Surroundings surroundings;
    private volatile SmartLimits limits = SmartLimits.NONE;
    private int restored;
    private boolean counted;

    SmartKeeper(
            SmartSettings settings,
            Rounds rounds,
            StateMirror mirror,
            Function<DeviceId, String> identity,
            Roster roster,
            Surroundings surroundings,
            Effectiveness effectiveness,
            Told told) {
        this.settings = settings;
        this.engine = new SmartEngine(settings);
        this.rounds = rounds;
        this.mirror = mirror;
        this.identity = identity;
        this.roster = roster;
        this.surroundings = surroundings;
        this.effectiveness = effectiveness;
        this.told = told;
    }

    /** Over what is read and kept by these. */
    public static SmartKeeper of(
            Environment environment,
            GuardConfig config,
            PolicyChain policies,
            Function<DeviceId, DiskCapacity> capacities,
            LoadInputs inputs,
            Told told) {
        var settings = config.smart();
        var identity = new DiskIdentity(environment.paths());
        var rounds = new Rounds(
                environment,
                inputs.stats().map(stats -> new Rounds.Source(stats, inputs.signals())),
                settings.monitorInterval(),
                isPressureAsked(settings),
                told::countingOff,
                told::countingOn);
        var codec = new SmartStateCodec(config.smartAnnotationPrefix(), settings);
        var mirror = new StateMirror(inputs.store(), codec, identity::of);
        var roster = new Roster();
        return new SmartKeeper(
                settings,
                rounds,
                mirror,
                identity::of,
                roster,
                new NodeSurroundings(roster, policies, capacities),
                new Effectiveness(inputs.escapes(), policies),
                told);
    }

    private static boolean isPressureAsked(SmartSettings settings) {
        return settings.enabled() && settings.onlyUnderPressure().isPresent();
    }

    @Override
    public SmartLimits limits() {
        return limits;
    }

    @Override
    public List<Recorded> decisions() {
        return journal.decisions();
    }

    @Override
    public List<Ineffective> ineffective() {
        return effectiveness.current();
    }

    @Override
    public void meet(
            Pod pod,
            List<Watched> watched,
            Map<String, Map<DeviceId, SmartLimit>> marks,
            Set<String> absent,
            Set<String> exempt,
            Collection<Disk> disks) {
        roster.put(pod, watched, absent);
        var known = met.computeIfAbsent(pod.uid(), uid -> new Met(PodRef.of(pod)));
        if (isEnforced()) {
            restore(pod, known, watched, marks, exempt, disks);
        }
        if (!exempt.isEmpty()) {
            Predicate<ContainerKey> excluded =
                    container -> container.podUid().equals(pod.uid()) && exempt.contains(container.name());
            if (!engine.limits().ofPod(pod.uid()).isEmpty()) {
                tell(engine.release(excluded, "it is excluded from limits now", rounds.now()));
            }
            // Else what it did before would limit it again
            engine.retain(excluded.negate());
        }
    }

    private void restore(
            Pod pod,
            Met known,
            List<Watched> watched,
            Map<String, Map<DeviceId, SmartLimit>> marks,
            Set<String> exempt,
            Collection<Disk> disks) {
        var isNew = known.begin();
        var fresh = known.fresh(pod, watched, marks.keySet(), exempt, disks);
        if (!isNew && fresh.isEmpty()) {
            return;
        }
        var now = rounds.now();
        var remembered = mirror.read(pod, now);
        fresh.forEach((name, on) -> {
            var identities = new TreeMap<Disk, String>();
            on.forEach(disk -> identities.put(disk, asked.computeIfAbsent(disk.id(), identity)));
            restore(pod, Restore.of(remembered, marks, marks.keySet(), Set.of(name), identities), now);
        });
        if (isNew) {
            remembered.problems().forEach(problem -> told.invalid(pod, problem));
            remembered.removedAt().ifPresent(at -> pod.containers().stream()
                    .map(container -> new ContainerKey(pod.uid(), container.name()))
                    .filter(container -> !exempt.contains(container.name()))
                    .forEach(container -> engine.restoreRelease(container, at, now)));
        }
    }

    private void restore(Pod pod, List<Restore.Restored> limits, Moment now) {
        for (var one : limits) {
            var container = new ContainerKey(pod.uid(), one.container());
            tell(
                    one.isCertain()
                            ? engine.restore(container, one.disk(), one.limit(), now)
                            : engine.believe(container, one.disk(), one.limit(), now));
            restored++;
        }
    }

    @Override
    public void planned(
            Pod pod, Map<ContainerKey, Map<DeviceId, IoLimit>> kernel, BiPredicate<ContainerKey, DeviceId> taken) {
        roster.limits(pod.uid(), kernel);
        var inForce = limits.ofPod(pod.uid());
        underway.settle(pod.uid(), taken, inForce, told::took);
        // In shadow nothing is written but what takes back our words from before; nor is it where smart limit is off
        if (isEnforced()
                || (!settings.enabled() || left.contains(pod.uid())) && mirror.isOurs(pod)
                || !settings.enabled() && mirror.isLeft(pod)) {
            mirror.reflect(pod, inForce, rounds.now());
        }
    }

    @Override
    public Set<String> turn(BooleanSupplier idle) {
        asked.clear();
        mirror.answers(rounds.now().nanos(), told::notStored);
        var dirty = new LinkedHashSet<String>();
        rounds.step(roster, idle).ifPresent(done -> {
            told.sampled(done.round(), done.watched());
            effectiveness.judge(done.round(), done.watched(), roster::inKernel).forEach(told::ineffective);
            if (settings.enabled()) {
                var decisions = engine.decide(done.round(), surroundings);
                tell(decisions);
                decisions.stream()
                        .filter(each -> isEnforced() && each.kind() != Kind.NO_EFFECT)
                        .forEach(each -> dirty.add(each.container().podUid()));
            }
        });
        return dirty;
    }

    @Override
    public Duration untilDue() {
        return rounds.untilDue();
    }

    @Override
    public void retain(Set<String> uids) {
        if (!counted && isEnforced()) {
            counted = true;
            LOG.info(
                    "restored {} smart limits of {} pods",
                    restored,
                    limits.byContainer().keySet().stream()
                            .map(ContainerKey::podUid)
                            .distinct()
                            .count());
        }
        roster.retain(uids);
        met.keySet().retainAll(uids);
        mirror.retain(uids);
        underway.retain(uids);
        left.retainAll(uids);
        engine.retain(container -> uids.contains(container.podUid()));
        publish();
    }

    @Override
    public void reconfigure(GuardConfig config, PolicyChain policies, Function<DeviceId, DiskCapacity> capacities) {
        var next = config.smart();
        var change = Switch.of(settings, next);
        // By the settings until now: an enforced limit goes as one that was enforced, one in shadow as one in shadow
        change.reason().ifPresent(reason -> tell(engine.withdraw(reason, rounds.now())));
        if (change.leavesWords()) {
            left.addAll(met.keySet());
        }
        settings = next;
        surroundings = new NodeSurroundings(roster, policies, capacities);
        engine.reconfigure(next);
        effectiveness.reconfigure(policies);
        mirror.reconfigure(config.smartAnnotationPrefix(), next);
        rounds.reconfigure(next.monitorInterval(), isPressureAsked(next));
        if (change.isStart()) {
            // As at a start: what the marks and the pods say goes on
            met.values().forEach(Met::again);
            underway.clear();
            left.clear();
            restored = 0;
            counted = false;
        }
        publish();
    }

    private void tell(List<SmartDecision> decisions) {
        publish();
        for (var decision : decisions) {
            var uid = decision.container().podUid();
            var recorded = new Recorded(met.get(uid).pod(), decision, settings.mode());
            journal.add(recorded);
            told.decided(recorded);
            if (isEnforced() && decision.kind() != Kind.NO_EFFECT && decision.kind() != Kind.RESTORE) {
                underway.decided(recorded);
            }
            if (isEnforced() && decision.kind() == Kind.RELEASE) {
                mirror.released(uid, decision.at(), decision.reason());
            }
        }
    }

    private boolean isEnforced() {
        return Switch.isEnforced(settings);
    }

    private void publish() {
        limits = isEnforced() ? engine.limits() : SmartLimits.NONE;
    }
}
