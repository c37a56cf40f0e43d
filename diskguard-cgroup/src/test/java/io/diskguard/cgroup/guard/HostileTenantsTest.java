/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.cgroup.guard;

import static io.diskguard.cgroup.guard.Guards.id;
import static io.diskguard.cgroup.guard.Guards.writes;
import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.DiskGuard;
import io.diskguard.DiskGuardBuilder;
import io.diskguard.cgroup.v2.IoMaxDriver;
import io.diskguard.config.GuardConfig;
import io.diskguard.model.CgroupPath;
import io.diskguard.model.Container;
import io.diskguard.model.ContainerKind;
import io.diskguard.model.DeviceId;
import io.diskguard.model.Disk;
import io.diskguard.model.IoLimit;
import io.diskguard.model.Pod;
import io.diskguard.model.QosClass;
import io.diskguard.model.Rate;
import io.diskguard.simulator.SimulatedDisk;
import io.diskguard.simulator.SimulatedMount;
import io.diskguard.simulator.SimulatedNode;
import io.diskguard.spi.AttributeResult;
import io.diskguard.spi.CgroupDriver.ReadResult;
import io.diskguard.spi.ContainerDisks;
import io.diskguard.spi.ContainerDisks.Place;
import io.diskguard.spi.LimitPolicy;
import io.diskguard.spi.PodSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a pod's owner can write costs nobody else, and a pod or container that fails stops none of the others. */
class HostileTenantsTest {
    private static final DeviceId DATA = new DeviceId(8, 16);
    private static final String VICTIM = "00000000-0000-0000-0000-000000000001";
    private static final String OTHER = "00000000-0000-0000-0000-000000000002";
    private static final String HASH = "kubernetes.io/config.hash";
    private static final String MIRROR = "kubernetes.io/config.mirror";
    private static final Duration RESYNC = Duration.ofSeconds(30);

    private final Recorder told = new Recorder();
    private final SimulatedNode node = SimulatedNode.v2();
    private final IoMaxDriver driver = new IoMaxDriver(node.cgroups());

    @TempDir
    Path state;

    @BeforeEach
    void disks() {
        node.addDisk(SimulatedDisk.hardware("sdb", DATA));
        node.mount(SimulatedMount.of("/data", DATA, "ext4", "/dev/sdb"));
    }

    @AfterEach
    void close() {
        driver.close();
        node.close();
    }

    private DiskGuard guard(UnaryOperator<DiskGuardBuilder> with) {
        var config = GuardConfig.builder()
                .defaultLimit(writes(500))
                .checkInterval(RESYNC)
                .stateDir(state)
                .build();
        return with.apply(Guards.on(node, driver, config, told)).build();
    }

    private static Pod pod(String uid, Map<String, String> annotations, String... containers) {
        var list = new ArrayList<Container>();
        for (var name : containers) {
            list.add(new Container(name, "image", ContainerKind.MAIN, Optional.of(id(name))));
        }
        return new Pod(uid, "shop", "pod" + uid.charAt(35), QosClass.BURSTABLE, Map.of(), annotations, list);
    }

    private IoLimit kernel(String container) {
        return kernel(node.cgroupOf(id(container)).orElseThrow());
    }

    private IoLimit kernel(CgroupPath cgroup) {
        return driver.read(cgroup) instanceof ReadResult.Found found
                ? found.limits().get(DATA)
                : IoLimit.UNLIMITED;
    }

    private void resync(DiskGuard guard) {
        node.clock().advance(RESYNC);
        guard.turn();
    }

    @Test
    void aPodThatNamesAnothersUidAsItsHashNeitherGetsAtItsLimitsNorOutOfItsOwn() {
        node.addPod(pod(VICTIM, Map.of(), "a"));
        node.addPod(pod(OTHER, Map.of(HASH, VICTIM, "iops-limit/write-iops", "2"), "b"));
        try (var guard = guard(builder -> builder)) {
            guard.turn();
            assertThat(kernel("a")).isEqualTo(writes(500));
            assertThat(kernel("b")).isEqualTo(writes(2));

            node.changePod(pod(VICTIM, Map.of("iops-limit/write-iops", "70"), "a"));
            guard.turn();
            assertThat(kernel("a")).isEqualTo(writes(70));

            node.removePod(OTHER);
            guard.turn();
            assertThat(kernel("a")).isEqualTo(writes(70));
        }
    }

    @Test
    void aMirrorPodOfAnothersUidGetsNothingOfIt() {
        node.addPod(pod(VICTIM, Map.of(), "a"));
        node.addPod(pod(OTHER, Map.of(HASH, VICTIM, MIRROR, VICTIM, "iops-limit/write-iops", "2"), "b"));
        var pods = new Partial();
        pods.complete = true;
        try (var guard = guard(builder -> builder.pods(pods))) {
            guard.turn();
            assertThat(kernel("a")).isEqualTo(writes(500));

            node.changePod(pod(VICTIM, Map.of("iops-limit/write-iops", "70"), "a"));
            pods.tell.accept(VICTIM);
            guard.turn();
            assertThat(kernel("a")).isEqualTo(writes(70));

            pods.without = Optional.of(OTHER);
            resync(guard);
            assertThat(kernel("a")).isEqualTo(writes(70));
        }
    }

    @Test
    void noMarkOfAnyRulesIsTooLongForTheKernel() {
        var names = "v".repeat(60);
        var rules = IntStream.range(0, 200)
                .mapToObj(i -> "{\"container\": \"a\", \"volume\": \"" + names + i + "\", \"iops\": " + (900 - i)
                        + ", \"writeIops\": " + (500 + i) + "}")
                .collect(Collectors.joining(",", "[", "]"));
        var places = IntStream.range(0, 200)
                .<Place>mapToObj(i -> new Place.Volume(names + i, List.of(new Disk(DATA, "sdb")), List.of()))
                .toList();
        node.addPod(pod(VICTIM, Map.of("iops-limit/policy", rules), "a"));
        ContainerDisks disks = (pod, container, cgroup) -> new ContainerDisks.Places.Known(places);
        try (var guard = guard(builder -> builder.containerDisks(disks))) {
            guard.turn();
            assertThat(kernel("a").wiops()).isEqualTo(Rate.perSecond(500));
            var mark = node.cgroups().attribute(node.cgroupOf(id("a")).orElseThrow(), "diskguard");
            assertThat(((AttributeResult.Present) mark).value()).hasSizeLessThan(1000);
        }
    }

    @Test
    void anIncompleteListOfPodsTakesNothingBack() {
        node.addPod(pod(VICTIM, Map.of(), "a"));
        node.addPod(pod(OTHER, Map.of(), "b"));
        var pods = new Partial();
        try (var guard = guard(builder -> builder.pods(pods))) {
            guard.turn();
            assertThat(kernel("a")).isEqualTo(writes(500));

            pods.without = Optional.of(VICTIM);
            pods.tell.accept(VICTIM);
            guard.turn();
            assertThat(kernel("a")).isEqualTo(writes(500));
            resync(guard);
            assertThat(kernel("a")).isEqualTo(writes(500));

            pods.complete = true;
            resync(guard);
            assertThat(kernel("a")).isEqualTo(IoLimit.UNLIMITED);
            assertThat(kernel("b")).isEqualTo(writes(500));
        }
    }

    @Test
    void aContainerWhoseDisksCannotBeFoundForABugStopsNoneOfTheOthers() {
        var rule = Map.of("iops-limit/policy", "[{\"volume\": \"v\", \"writeIops\": 70}]");
        node.addPod(pod(VICTIM, rule, "a", "b"));
        node.addPod(pod(OTHER, Map.of(), "c"));
        for (var bug : List.of(new IllegalStateException("bug"), new AssertionError("bug"), new StackOverflowError())) {
            var disks = new ContainerDisks() {
                @Override
                public Places of(Pod pod, Container container, CgroupPath cgroup) {
                    if (container.name().equals("a")) {
                        HostileTenantsTest.<RuntimeException>sneak(bug);
                    }
                    return new Places.Known(List.of());
                }
            };
            try (var guard = guard(builder -> builder.containerDisks(disks))) {
                guard.turn();
                assertThat(kernel("a")).as(bug.toString()).isEqualTo(writes(500));
                assertThat(kernel("b")).as(bug.toString()).isEqualTo(writes(500));
                assertThat(kernel("c")).as(bug.toString()).isEqualTo(writes(500));
            }
        }
    }

    @Test
    void whatIsWrongInAPodIsToldOnceHoweverOftenItsContainersRestart() {
        var tie = Map.of("iops-limit/policy", "[{\"writeIops\": 70}, {\"writeIops\": 80}]");
        node.addPod(pod(VICTIM, tie, "a"));
        try (var guard = guard(builder -> builder)) {
            guard.turn();
            assertThat(told.drain()).contains("invalid shop/pod1 iops-limit/policy[1].writeIops");
            node.cgroups().rmdirRecursive(node.cgroupOf(id("a")).orElseThrow());
            resync(guard);
            node.removePod(VICTIM);
            node.addPod(pod(VICTIM, tie, "a"));
            guard.turn();
            assertThat(kernel("a")).isEqualTo(writes(70));
            assertThat(told.drain()).noneMatch(line -> line.startsWith("invalid"));
        }
    }

    @Test
    void howTheContainersOfAPodDifferIsLookedAtOnceARun() {
        var asked = new AtomicInteger();
        var names = new ArrayList<String>();
        for (var i = 0; i < 20; i++) {
            names.add("c" + (char) ('a' + i));
        }
        var pod = pod(VICTIM, Map.of(), names.toArray(String[]::new));
        node.addPod(pod);
        var nameless = pod.containers().stream()
                .map(container ->
                        new Container(container.name(), container.image(), container.kind(), Optional.empty()))
                .toList();
        var starting = new Pod(VICTIM, "shop", "pod1", QosClass.BURSTABLE, Map.of(), Map.of(), nameless);
        var pods = new Partial();
        pods.instead = Optional.of(starting);
        pods.complete = true;
        try (var guard = guard(builder -> builder.pods(pods).policy(new Counting(asked)))) {
            guard.turn();
            // once for each container to compare them, once for each cgroup to limit it
            assertThat(asked).hasValue(40);
        }
    }

    @SuppressWarnings("unchecked") // throws an error where none can be declared
    private static <E extends Throwable> void sneak(Throwable bug) throws E {
        throw (E) bug;
    }

    /** The node's pods, as a source that lost sight of one. */
    private final class Partial implements PodSource {
        private Optional<String> without = Optional.empty();
        private Optional<Pod> instead = Optional.empty();
        private boolean complete;
        private Consumer<String> tell = uid -> {};

        @Override
        public Snapshot snapshot() {
            var all = ((Snapshot.Synced) node.pods().snapshot()).pods();
            return new Snapshot.Synced(
                    instead.map(List::of).orElseGet(() -> all.stream()
                            .filter(pod -> !without.equals(Optional.of(pod.uid())))
                            .toList()),
                    complete);
        }

        @Override
        public void onChange(Consumer<String> uid) {
            tell = uid;
        }

        @Override
        public void close() {}
    }

    private record Counting(AtomicInteger asked) implements LimitPolicy {
        @Override
        public Phase phase() {
            return Phase.TIGHTEN;
        }

        @Override
        public int order() {
            return 1;
        }

        @Override
        public String name() {
            return "counting";
        }

        @Override
        public Proposal propose(Subject subject) {
            asked.incrementAndGet();
            return Proposal.ABSTAIN;
        }
    }
}
