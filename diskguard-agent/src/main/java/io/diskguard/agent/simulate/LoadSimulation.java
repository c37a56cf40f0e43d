/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.simulate;

import io.diskguard.DiskGuard;
import io.diskguard.config.GuardConfig;
import io.diskguard.config.SmartSettings;
import io.diskguard.model.Container;
import io.diskguard.model.ContainerId;
import io.diskguard.model.ContainerKey;
import io.diskguard.model.ContainerKind;
import io.diskguard.model.DeviceId;
import io.diskguard.model.Pod;
import io.diskguard.model.QosClass;
import io.diskguard.policy.smart.Recorded;
import io.diskguard.policy.smart.Round;
import io.diskguard.policy.smart.Watched;
import io.diskguard.reconcile.DiskGuardListener;
import io.diskguard.simulator.SimulatedDisk;
import io.diskguard.simulator.SimulatedMount;
import io.diskguard.simulator.SimulatedNode;
import io.diskguard.smart.SmartKeeper;
import io.diskguard.spi.LimitPolicy;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;

/**
 * Puts loads that are made up on a simulated node that the real engine guards: what it decides acts on the load. The clock is
 * turned by hand. Once only; not thread-safe.
 */
public final class LoadSimulation {
    private static final DeviceId DISK = new DeviceId(259, 0);
    private static final String DISK_NAME = "nvme0n1";
    private static final String MOUNT = "/data";
    private static final Duration LEAST_STEP = Duration.ofMillis(10);

    private final GuardConfig config;
    private final boolean isGated;
    private final List<LimitPolicy> policies;
    private final TracedPods pods;
    private final Ledger ledger;
    private final Map<ContainerKey, Wish> wishes = new LinkedHashMap<>();
    private final Queue<Told> untold = new ArrayDeque<>();

    /** @param all whether containers are told of about which nothing was decided */
    public LoadSimulation(
            GuardConfig configured, List<LimitPolicy> policies, List<LoadSpec> loads, Scope scope, boolean all) {
        this.config = configured.toBuilder()
                .disks(configured.disks().of(List.of(MOUNT), List.of()))
                .smart(enabled(configured.smart()))
                .build();
        this.isGated = configured.smart().onlyUnderPressure().isPresent();
        this.policies = policies;
        this.pods = new TracedPods(config, policies);
        this.ledger = new Ledger(pods, scope, all, config.smart().monitorInterval());
        loads.forEach(load -> {
            var wish = new Wish(load);
            wishes.put(wish.key, wish);
        });
    }

    /** Without a gate: a disk that does everything is never contended. */
    private static SmartSettings enabled(SmartSettings smart) {
        return new SmartSettings(
                true,
                smart.mode(),
                smart.monitorInterval(),
                smart.windows(),
                smart.reference(),
                smart.leastIops(),
                smart.leastBps(),
                smart.release(),
                smart.kubeletFirst(),
                Optional.empty());
    }

    /** A container that does what a load says, and how much of that it wanted to do since the last round. */
    private static final class Wish {
        private final LoadSpec load;
        private final ContainerId id;
        private final Pod pod;
        private final ContainerKey key;
        private double[] sinceLastRound = new double[4];

        Wish(LoadSpec load) {
            this.load = load;
            this.id = new ContainerId("containerd", load.name());
            var container = new Container("main", load.name(), ContainerKind.MAIN, Optional.of(id));
            this.pod = new Pod(
                    "uid-" + load.name(),
                    "simulated",
                    load.name(),
                    QosClass.BURSTABLE,
                    Map.of(),
                    Map.of(),
                    List.of(container));
            this.key = new ContainerKey(pod.uid(), container.name());
        }

        void add(double[] more) {
            for (var i = 0; i < more.length; i++) {
                sinceLastRound[i] += more[i];
            }
        }
    }

    /**
     * Lets so much time pass on the node.
     *
     * @throws IOException if the report cannot be written
     * @throws NothingMatchesException if nothing of it is what is to be told of
     */
    public void run(Duration time, Report report, TraceSimulation.Progress progress)
            throws IOException, NothingMatchesException {
        try (var node = SimulatedNode.v2();
                var driver = node.driver()) {
            node.addDisk(SimulatedDisk.hardware(DISK_NAME, DISK));
            node.mount(SimulatedMount.of(MOUNT, DISK, "ext4", "/dev/" + DISK_NAME));
            wishes.values().forEach(wish -> {
                pods.seen(wish.pod);
                node.addPod(wish.pod);
            });
            var builder = DiskGuard.builder()
                    .environment(node.environment())
                    .config(config.toBuilder()
                            .stateDir(node.environment().paths().proc().resolveSibling("state"))
                            .build())
                    .driver(driver)
                    .pods(node.pods())
                    .podCgroups(node.podCgroups())
                    .stats(node.stats())
                    .state(node.state())
                    .smart(SmartKeeper::of)
                    .listener(new Listening());
            policies.forEach(builder::policy);
            pass(node, builder.build(), time, report, progress);
        }
        progress.quiet();
        var what = Figures.duration(time) + " on a simulated disk";
        ledger.mustHaveSeen(what);
        report.end(new Outcome(what, ledger, 0, notes()));
    }

    private void pass(
            SimulatedNode node, DiskGuard guard, Duration time, Report report, TraceSimulation.Progress progress)
            throws IOException {
        var since = Duration.ZERO;
        while (since.compareTo(time) <= 0) {
            for (var wish : wishes.values()) {
                node.load(wish.id, wish.load.load(DISK, since));
            }
            var step = guard.turn();
            progress.at(node.clock().instant());
            for (var told = untold.poll(); told != null; told = untold.poll()) {
                progress.quiet();
                report.decided(told);
            }
            for (var wish : wishes.values()) {
                step = least(step, wish.load.untilChange(since));
            }
            step = step.compareTo(LEAST_STEP) < 0 ? LEAST_STEP : step;
            for (var wish : wishes.values()) {
                wish.add(wish.load.wanted(since, step));
            }
            node.advance(step);
            since = since.plus(step);
        }
    }

    private static Duration least(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private List<String> notes() {
        var notes = new ArrayList<String>();
        notes.add("the disk does whatever the limits let through");
        if (config.smart().mode() == SmartSettings.Mode.SHADOW) {
            notes.add("smart_limit_mode is shadow: what is decided does not act on the load");
        }
        if (isGated) {
            notes.add("smart_limit_only_under_pressure is taken as false: such a disk is never contended");
        }
        return notes;
    }

    /** On the loop's thread, which is ours. */
    private final class Listening implements DiskGuardListener {
        @Override
        public void sampled(Round round, List<Watched> watched) {
            var running = new HashSet<ContainerKey>();
            watched.forEach(each -> running.add(each.key()));
            var uids = new HashSet<String>();
            wishes.keySet().forEach(key -> uids.add(key.podUid()));
            pods.at(running, Map.of(), uids);
            ledger.sampled(
                    round,
                    (container, did) -> new Account.Stretch(
                            did.seconds(),
                            did.done(),
                            Optional.ofNullable(wishes.get(container))
                                    .map(wish -> wish.sinceLastRound)
                                    .orElse(did.done())));
            wishes.values().forEach(wish -> wish.sinceLastRound = new double[4]);
        }

        @Override
        public void smartDecided(Recorded recorded) {
            var decision = recorded.decision();
            if (ledger.decided(decision)) {
                untold.add(new Told(
                        pods.name(decision.container()),
                        decision,
                        pods.statics(decision.container(), decision.disk())));
            }
        }
    }
}
