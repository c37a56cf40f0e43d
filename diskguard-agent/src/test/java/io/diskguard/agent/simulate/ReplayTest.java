/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.agent.trace.TraceReader;
import io.diskguard.agent.trace.TraceText;
import io.diskguard.config.DiskCapacity;
import io.diskguard.config.DiskSettings;
import io.diskguard.config.GuardConfig;
import io.diskguard.config.SmartRelease;
import io.diskguard.config.SmartSettings;
import io.diskguard.config.SmartWindow;
import io.diskguard.config.Threshold;
import io.diskguard.model.Container;
import io.diskguard.model.ContainerId;
import io.diskguard.model.ContainerKind;
import io.diskguard.model.Exclusions;
import io.diskguard.model.IoLimit;
import io.diskguard.model.Pod;
import io.diskguard.model.QosClass;
import io.diskguard.model.Rate;
import io.diskguard.policy.smart.Recorded;
import io.diskguard.policy.smart.Round;
import io.diskguard.policy.smart.SmartDecision;
import io.diskguard.policy.smart.Watched;
import io.diskguard.reconcile.DiskGuardListener;
import io.diskguard.reconcile.PodRun;
import io.diskguard.simulator.Load;
import io.diskguard.smart.SmartKeeper;
import io.diskguard.testkit.GuardedNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** A running engine on a node whose pods come, change, start anew and go under a load at random, and the replay of what it saw. */
class ReplayTest {
    private static final int TRACES = 200;
    private static final Duration LIFE = Duration.ofMinutes(40);

    @Test
    void aReplayDecidesExactlyAsTheEngineThatRan() throws IOException {
        var kinds = new TreeMap<SmartDecision.Kind, Integer>();
        for (var seed = 0; seed < TRACES; seed++) {
            var ran = new Ran(new Random(seed));
            assertThat(replayed(ran.config, ran.trace.bytes()))
                    .as("seed " + seed)
                    .isEqualTo(ran.decisions);
            ran.decisions.forEach(decision -> kinds.merge(decision.kind(), 1, Integer::sum));
        }
        assertThat(kinds.getOrDefault(SmartDecision.Kind.APPLY, 0)).isGreaterThan(TRACES);
        assertThat(kinds.getOrDefault(SmartDecision.Kind.RELEASE, 0)).isGreaterThan(TRACES / 2);
        assertThat(kinds.getOrDefault(SmartDecision.Kind.UPDATE, 0)).isGreaterThan(10);
    }

    private static List<SmartDecision> replayed(GuardConfig config, byte[] trace) throws IOException {
        var pods = new TracedPods(config, List.of());
        var ledger = new Ledger(pods, Scope.ALL, false, config.smart().monitorInterval());
        var replay = new Replay(config, pods, ledger);
        var decisions = new ArrayList<SmartDecision>();
        try (var reader = TraceReader.of("trace", new ByteArrayInputStream(trace))) {
            for (var entry = reader.next(); entry.isPresent(); entry = reader.next()) {
                replay.take(entry.get()).forEach(told -> decisions.add(told.decision()));
            }
        }
        return decisions;
    }

    /** One life of a node. */
    private static final class Ran implements DiskGuardListener {
        private final List<SmartDecision> decisions = new ArrayList<>();
        private final Random random;
        private final GuardConfig config;
        private final Map<String, Pod> pods = new TreeMap<>();
        private TraceText trace;
        private int born;

        Ran(Random random) {
            this.random = random;
            this.config = config(random);
            try (var node = GuardedNode.with(
                    config, builder -> builder.smart(SmartKeeper::of).listener(this))) {
                trace = new TraceText("node-1", node.node().environment());
                var end = node.node().clock().nanos() + LIFE.toNanos();
                var next = node.node().clock().nanos();
                while (node.node().clock().nanos() < end) {
                    if (node.node().clock().nanos() >= next) {
                        happen(node);
                        next += Duration.ofSeconds(10 + random.nextInt(200)).toNanos();
                    }
                    var step = Math.min(
                            node.guard().turn().toNanos(),
                            next - node.node().clock().nanos());
                    node.node().advance(Duration.ofNanos(Math.max(step, 1_000_000)));
                }
            }
        }

        @Override
        public void sampled(Round round, List<Watched> watched) {
            trace.sampled(round, watched);
        }

        @Override
        public void podReconciled(PodRun run) {
            trace.podReconciled(run);
        }

        @Override
        public void smartDecided(Recorded decision) {
            decisions.add(decision.decision());
        }

        private void happen(GuardedNode node) {
            if (pods.size() < 2 || pods.size() < 4 && random.nextInt(10) == 0) {
                change(node, "pod-" + born++);
                return;
            }
            var name = List.copyOf(pods.keySet()).get(random.nextInt(pods.size()));
            switch (random.nextInt(12)) {
                case 0 -> node.node().removePod(pods.remove(name).uid());
                case 1, 2 -> change(node, name);
                default -> load(node, pods.get(name));
            }
        }

        /** With other annotations, or other containers that start anew. */
        private void change(GuardedNode node, String name) {
            var annotations = List.of(
                    Map.<String, String>of(),
                    Map.of("iops-limit/write-iops", "" + (1 + random.nextInt(1500))),
                    Map.of("iops-limit/removed", "true"),
                    Map.of("iops-limit/iops", "0"));
            var containers = new ArrayList<Container>();
            var image = random.nextInt(8) == 0 ? "excluded" : "usual";
            for (var container : List.of("main", "side")) {
                var id = new ContainerId("containerd", name + container + random.nextInt(2));
                containers.add(new Container(container, image, ContainerKind.MAIN, Optional.of(id)));
            }
            var pod = new Pod(
                    "uid-" + name,
                    "shop",
                    name,
                    QosClass.BURSTABLE,
                    Map.of(),
                    annotations.get(random.nextInt(annotations.size())),
                    containers);
            pods.put(name, pod);
            node.run(pod);
            load(node, pod);
        }

        private void load(GuardedNode node, Pod pod) {
            for (var container : pod.containers()) {
                var reads = random.nextInt(3) == 0 ? random.nextInt(1500) : 0;
                var writes = random.nextInt(3) == 0 ? random.nextInt(1500) : random.nextInt(100);
                var size = 1L << 9 + random.nextInt(10);
                node.node()
                        .load(
                                container.id().orElseThrow(),
                                new Load(node.disk().id(), reads, writes, reads * size, writes * size));
            }
        }

        private static GuardConfig config(Random random) {
            var windows = new ArrayList<SmartWindow>();
            var minutes = 0;
            for (var i = 0; i <= random.nextInt(3); i++) {
                minutes += 2 + random.nextInt(8);
                windows.add(new SmartWindow(
                        minutes + "m",
                        Duration.ofMinutes(minutes),
                        new Threshold.Fraction(0.4 + random.nextInt(5) / 10.0),
                        new Threshold.PerSecond(20_000_000),
                        random.nextBoolean() ? OptionalLong.empty() : OptionalLong.of(100 + random.nextInt(400)),
                        OptionalLong.empty()));
            }
            var low = new Threshold.Fraction(0.3);
            return GuardConfig.builder()
                    .checkInterval(Duration.ofMinutes(3))
                    .defaultLimit(
                            random.nextBoolean()
                                    ? IoLimit.UNLIMITED
                                    : new IoLimit(
                                            Rate.perSecond(900), Rate.perSecond(900), Rate.UNLIMITED, Rate.UNLIMITED))
                    .disks(new DiskSettings(
                            List.of("/data"),
                            List.of(),
                            new DiskCapacity(OptionalLong.of(1000), OptionalLong.of(50_000_000)),
                            Map.of("nvme0n1", new DiskCapacity(OptionalLong.of(1200), OptionalLong.empty()))))
                    .exclusions(new Exclusions(Set.of(), Optional.empty(), List.of("excluded"), List.of()))
                    .smart(new SmartSettings(
                            true,
                            random.nextInt(4) == 0 ? SmartSettings.Mode.SHADOW : SmartSettings.Mode.ENFORCE,
                            Duration.ofSeconds(random.nextBoolean() ? 30 : 60),
                            windows,
                            random.nextBoolean() ? SmartSettings.Reference.DISK : SmartSettings.Reference.LIMIT,
                            50,
                            1 << 20,
                            new SmartRelease(
                                    low, low, Duration.ofMinutes(1 + random.nextInt(4)), Duration.ofMinutes(1)),
                            false,
                            Optional.empty()))
                    .build();
        }
    }
}
