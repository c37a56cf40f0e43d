/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.smart;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.DiskGuard;
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
import io.diskguard.model.IoLimit;
import io.diskguard.model.LimitKey;
import io.diskguard.model.Pod;
import io.diskguard.model.QosClass;
import io.diskguard.model.Rate;
import io.diskguard.policy.smart.Recorded;
import io.diskguard.reconcile.DiskGuardListener;
import io.diskguard.simulator.SimulatedMount;
import io.diskguard.spi.ContainerDisks;
import io.diskguard.spi.PodSource;
import io.diskguard.testkit.GuardedNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Nothing lifts a limit but its release, and nobody but the load and who configures. */
class SmartLimitStaysTest {
    private static final ContainerId APP = id('a');
    private static final ContainerId OTHER = id('b');
    private static final Rate LIMITED = Rate.perSecond(720);
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration MINUTES_10 = Duration.ofMinutes(10);

    private final List<String> told = new ArrayList<>();
    private final DiskGuardListener listener = new DiskGuardListener() {
        @Override
        public void smartDecided(Recorded each) {
            told.add(each.decision().kind() + " " + each.decision().container().name());
        }
    };

    private static ContainerId id(char of) {
        return new ContainerId("containerd", String.valueOf(of).repeat(64));
    }

    private static GuardConfig config(SmartSettings.Reference reference, IoLimit statics) {
        var half = new Threshold.Fraction(0.5);
        var much = new Threshold.Fraction(0.8);
        var window = new SmartWindow("legacy", MINUTES_10, much, much, OptionalLong.empty(), OptionalLong.empty());
        return GuardConfig.builder()
                .defaultLimit(statics)
                .disks(new DiskSettings(
                        List.of("/data"),
                        List.of(),
                        new DiskCapacity(OptionalLong.of(1000), OptionalLong.empty()),
                        Map.of()))
                .smart(new SmartSettings(
                        true,
                        SmartSettings.Mode.ENFORCE,
                        Duration.ofMinutes(1),
                        List.of(window),
                        reference,
                        50,
                        1 << 20,
                        new SmartRelease(half, half, Duration.ofMinutes(5), Duration.ofMinutes(1)),
                        false,
                        Optional.empty()))
                .build();
    }

    private static GuardConfig config() {
        return config(SmartSettings.Reference.DISK, IoLimit.UNLIMITED);
    }

    private GuardedNode node(GuardConfig config) {
        return GuardedNode.with(
                config, builder -> builder.smart(SmartKeeper::of).listener(listener));
    }

    /** Another process on the same node, with no memory but the node's. */
    private DiskGuard again(GuardedNode node) {
        return again(node, node.node().pods());
    }

    private DiskGuard again(GuardedNode node, PodSource pods) {
        var on = node.node();
        return DiskGuard.builder()
                .environment(on.environment())
                .config(config().toBuilder()
                        .stateDir(on.environment().paths().proc().resolveSibling("state"))
                        .build())
                .driver(on.driver())
                .pods(pods)
                .podCgroups(on.podCgroups())
                .stats(on.stats())
                .smart(SmartKeeper::of)
                .listener(listener)
                .build();
    }

    private static Pod pod(Map<String, String> annotations, Container... containers) {
        return new Pod("uid-1", "shop", "web", QosClass.BURSTABLE, Map.of(), annotations, List.of(containers));
    }

    private static Container container(String name, ContainerId id) {
        return new Container(name, "image", ContainerKind.MAIN, Optional.of(id));
    }

    private static Rate writes(GuardedNode node, ContainerId container) {
        return node.limitOf(container).get(LimitKey.WIOPS);
    }

    @Test
    void anAgentThatFindsTheDiskLateTakesUpTheLimitsOnIt() {
        try (var node = node(config())) {
            node.run(pod(Map.of(), container("app", APP))).writes(APP, 900).pass(MINUTES_10);
            assertThat(writes(node, APP)).isEqualTo(LIMITED);
            node.node().unmount("/data");
            try (var again = again(node)) {
                again.turn();
                node.node().advance(SECOND);
                node.node().mount(SimulatedMount.of("/data", node.disk().id(), "ext4", "/dev/nvme0n1"));
                for (var second = 0; second < 60; second++) {
                    again.turn();
                    assertThat(writes(node, APP)).as("after " + second + " s").isEqualTo(LIMITED);
                    node.node().advance(SECOND);
                }
                assertThat(again.decisions()).isNotEmpty();
            }
        }
    }

    @Test
    void anAgentThatDoesNotKnowWhoseACgroupIsLeavesTheLimitOnIt() {
        try (var node = node(config())) {
            node.run(pod(Map.of(), container("app", APP))).writes(APP, 900).pass(MINUTES_10);
            var pods = new Known(pod(Map.of(), container("app", OTHER)));
            try (var again = again(node, pods)) {
                again.turn();
                assertThat(writes(node, APP)).isEqualTo(LIMITED);
                pods.know(pod(Map.of(), container("app", APP)));
                again.turn();
                assertThat(writes(node, APP)).isEqualTo(LIMITED);
                assertThat(again.decisions()).isNotEmpty();
            }
        }
    }

    @Test
    void aLimitThatOnlyAnAnnotationTellsOfKeepsNoneFromComing() {
        try (var node = node(config())) {
            var said = Map.of("iops-limit/smart-limit", "true", "iops-limit/write-iops-limit", "1000000");
            node.run(pod(said, container("app", APP))).writes(APP, 900).pass(MINUTES_10);
            assertThat(writes(node, APP)).isEqualTo(LIMITED);
            assertThat(told).containsExactly("RESTORE app", "UPDATE app");
        }
    }

    @Test
    void whileAContainerIsDownItIsJudgedByItsOwnLimit() {
        var statics = IoLimit.UNLIMITED.with(LimitKey.WIOPS, Rate.perSecond(500));
        try (var node = node(config(SmartSettings.Reference.LIMIT, statics))) {
            node.run(pod(Map.of(), container("app", APP), container("other", OTHER)))
                    .writes(APP, 900)
                    .pass(MINUTES_10);
            assertThat(writes(node, APP)).isEqualTo(Rate.perSecond(400));
            node.writes(APP, 320).pass(Duration.ofMinutes(15));
            node.node().cgroups().rmdirRecursive(node.node().cgroupOf(APP).orElseThrow());
            node.pass(Duration.ofMinutes(2));
            assertThat(told).containsExactly("APPLY app");
        }
    }

    @Test
    void aLimitOfSomebodyElseOnOneContainerLeavesWhatThePodSaysOfTheOther() {
        try (var node = node(config())) {
            node.run(pod(Map.of(), container("app", APP), container("other", OTHER)))
                    .writes(APP, 900)
                    .writes(OTHER, 900)
                    .pass(SECOND);
            var foreign = IoLimit.UNLIMITED.with(LimitKey.WIOPS, Rate.perSecond(850));
            node.node()
                    .driver()
                    .apply(
                            node.node().cgroupOf(OTHER).orElseThrow(),
                            node.disk().id(),
                            foreign);
            node.pass(MINUTES_10);
            assertThat(writes(node, OTHER)).isEqualTo(Rate.perSecond(850));
            assertThat(writes(node, APP)).isEqualTo(LIMITED);
            assertThat(node.node().state().read("uid-1"))
                    .containsEntry("iops-limit/write-iops-limit", "720")
                    .hasEntrySatisfying(
                            "iops-limit/smart-state",
                            it -> assertThat(it).contains("app").doesNotContain("other"));
        }
    }

    @Test
    void aReleaseIsToldWhenTheKernelHasItThoughVolumesWereNotKnownForAWhile() {
        var known = new AtomicBoolean();
        ContainerDisks disks = (pod, container, cgroup) -> known.get()
                ? new ContainerDisks.Places.Known(List.of())
                : new ContainerDisks.Places.Unknown("the runtime does not answer");
        var statics = IoLimit.UNLIMITED.with(LimitKey.WIOPS, Rate.perSecond(950));
        var config = config(SmartSettings.Reference.DISK, statics);
        try (var node = GuardedNode.with(
                config,
                builder -> builder.smart(SmartKeeper::of).listener(listener).containerDisks(disks))) {
            var rule = Map.of("iops-limit/policy", "[{\"volume\": \"data\", \"readIops\": 70}]");
            node.run(pod(rule, container("app", APP))).writes(APP, 900).pass(MINUTES_10);
            assertThat(writes(node, APP)).isEqualTo(LIMITED);
            assertThat(node.node().state().read("uid-1")).containsEntry("iops-limit/smart-limit", "true");

            node.writes(APP, 10).pass(Duration.ofMinutes(20));
            assertThat(told).containsExactly("APPLY app", "RELEASE app");
            assertThat(writes(node, APP)).isEqualTo(LIMITED);
            assertThat(node.node().state().read("uid-1")).doesNotContainKey("iops-limit/limit-removed");

            known.set(true);
            node.pass(Duration.ofMinutes(1));
            assertThat(writes(node, APP)).isEqualTo(Rate.perSecond(950));
            assertThat(node.node().state().read("uid-1")).containsKey("iops-limit/limit-removed");
        }
    }

    /** One pod, as far as it is known. */
    private static final class Known implements PodSource {
        private Pod pod;
        private Consumer<String> changed = uid -> {};

        Known(Pod pod) {
            this.pod = pod;
        }

        void know(Pod now) {
            pod = now;
            changed.accept(pod.uid());
        }

        @Override
        public Snapshot snapshot() {
            return new Snapshot.Synced(List.of(pod));
        }

        @Override
        public void onChange(Consumer<String> uid) {
            changed = uid;
        }

        @Override
        public void close() {}
    }
}
