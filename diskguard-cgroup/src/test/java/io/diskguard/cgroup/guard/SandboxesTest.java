/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.cgroup.guard;

import static io.diskguard.cgroup.guard.Guards.id;
import static io.diskguard.cgroup.guard.Guards.writes;
import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.DiskGuard;
import io.diskguard.cgroup.v2.IoMaxDriver;
import io.diskguard.config.GuardConfig;
import io.diskguard.model.CgroupPath;
import io.diskguard.model.Container;
import io.diskguard.model.ContainerId;
import io.diskguard.model.ContainerKind;
import io.diskguard.model.DeviceId;
import io.diskguard.model.IoLimit;
import io.diskguard.model.Pod;
import io.diskguard.model.QosClass;
import io.diskguard.simulator.SimulatedDisk;
import io.diskguard.simulator.SimulatedMount;
import io.diskguard.simulator.SimulatedNode;
import io.diskguard.spi.CgroupDriver.ReadResult;
import io.diskguard.spi.RuntimeResolver;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A container is limited before it is known whose it is; a sandbox loses that limit once it is known, and is asked about once. */
class SandboxesTest {
    private static final DeviceId DATA = new DeviceId(8, 16);
    private static final String UID = "00000000-0000-0000-0000-000000000001";
    private static final Duration RESYNC = Duration.ofSeconds(30);
    private static final Duration LATER = Duration.ofSeconds(3);
    private static final CgroupPath POD = new CgroupPath("/kubepods/burstable/pod" + UID);

    private final SimulatedNode node = SimulatedNode.v2();
    private final IoMaxDriver driver = new IoMaxDriver(node.cgroups());
    private final Runtime runtime = new Runtime();

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

    private DiskGuard guard() {
        var config = GuardConfig.builder()
                .defaultLimit(writes(500))
                .checkInterval(RESYNC)
                .stateDir(state)
                .build();
        return Guards.on(node, driver, config, new Recorder()).runtime(runtime).build();
    }

    /** A pod of which the status names these; the others are still to come. */
    private static Pod pod(Map<String, String> annotations, List<String> containers, List<String> named) {
        return new Pod(
                UID,
                "shop",
                "db",
                QosClass.BURSTABLE,
                Map.of(),
                annotations,
                containers.stream()
                        .map(name -> new Container(
                                name,
                                "image",
                                ContainerKind.MAIN,
                                named.contains(name) ? Optional.of(id(name)) : Optional.empty()))
                        .toList());
    }

    private CgroupPath appears(String container) {
        var cgroup = POD.child(id(container).id());
        node.cgroups().makeAll(cgroup);
        return cgroup;
    }

    private IoLimit kernel(CgroupPath cgroup) {
        return driver.read(cgroup) instanceof ReadResult.Found found
                ? found.limits().get(DATA)
                : IoLimit.UNLIMITED;
    }

    private void resync(DiskGuard guard) {
        node.clock().advance(RESYNC);
        guard.turn();
        guard.turn();
    }

    private void soon(DiskGuard guard) {
        node.clock().advance(LATER);
        guard.turn();
        guard.turn();
    }

    @Test
    void aSandboxIsLimitedUntilTheRuntimeSaysWhatItIsAndNeverAgain() {
        runtime.sandbox("p");
        node.addPod(pod(Map.of(), List.of("a"), List.of()));
        var sandbox = appears("p");
        var container = appears("a");
        try (var guard = guard()) {
            guard.turn();
            assertThat(kernel(container)).as("before anything is known").isEqualTo(writes(500));
            assertThat(kernel(sandbox)).isEqualTo(writes(500));
            assertThat(runtime.asked).as("the first write waits for nobody").isEmpty();

            node.changePod(pod(Map.of(), List.of("a"), List.of("a")));
            guard.turn();
            soon(guard);
            assertThat(kernel(sandbox)).isEqualTo(IoLimit.UNLIMITED);
            assertThat(kernel(container)).isEqualTo(writes(500));
            assertThat(runtime.asked).containsExactly(id("p"));

            resync(guard);
            resync(guard);
            assertThat(runtime.asked).as("once").containsExactly(id("p"));
            assertThat(kernel(sandbox)).isEqualTo(IoLimit.UNLIMITED);
        }
    }

    @Test
    void besidesContainersThatAreAllKnownNothingIsWrittenNorAskedAbout() {
        runtime.sandbox("p");
        node.addPod(pod(Map.of(), List.of("a"), List.of("a")));
        var sandbox = appears("p");
        try (var guard = guard()) {
            guard.turn();
            soon(guard);
            resync(guard);

            assertThat(kernel(sandbox)).isEqualTo(IoLimit.UNLIMITED);
            assertThat(runtime.asked).isEmpty();
            assertThat(guard.explain("shop", "db").orElseThrow().notes())
                    .anySatisfy(note -> assertThat(note).contains("the sandbox, or a container"));
        }
    }

    @Test
    void aContainerThatRestartsUnderAnUnchangedStatusIsLimitedAtOnceAndTheSandboxStaysFree() {
        runtime.sandbox("p");
        runtime.container("b", "a");
        node.addPod(pod(Map.of(), List.of("a"), List.of()));
        var sandbox = appears("p");
        try (var guard = guard()) {
            guard.turn();
            node.changePod(pod(Map.of(), List.of("a"), List.of("a")));
            guard.turn();
            soon(guard);
            var before = node.cgroupOf(id("a")).orElseThrow();
            node.cgroups().rmdirRecursive(before);
            var after = appears("b");
            resync(guard);

            assertThat(kernel(after)).isEqualTo(writes(500));
            assertThat(kernel(sandbox)).isEqualTo(IoLimit.UNLIMITED);
        }
    }

    @Test
    void whereContainersDifferTheRuntimeIsAskedOnceAboutEach() {
        runtime.sandbox("p");
        runtime.container("a", "a");
        var rules = Map.of("iops-limit/policy", "[{\"container\": \"a\", \"writeIops\": 70}]");
        node.addPod(pod(rules, List.of("a", "b"), List.of("b")));
        var sandbox = appears("p");
        var first = appears("a");
        try (var guard = guard()) {
            guard.turn();
            assertThat(kernel(first)).isEqualTo(writes(70));
            assertThat(kernel(sandbox)).isEqualTo(IoLimit.UNLIMITED);

            resync(guard);
            resync(guard);
            assertThat(runtime.asked).containsExactlyInAnyOrder(id("p"), id("a"));
        }
    }

    @Test
    void aPodWithoutAnyIdIsAskedAboutAtTheRuntimeThatOthersHave() {
        runtime.container("a", "a");
        var rules = Map.of("iops-limit/policy", "[{\"container\": \"a\", \"writeIops\": 70}]");
        node.addPod(new Pod(
                "00000000-0000-0000-0000-000000000000",
                "shop",
                "other",
                QosClass.BURSTABLE,
                Map.of(),
                Map.of(),
                List.of(new Container("z", "image", ContainerKind.MAIN, Optional.of(id("z"))))));
        try (var guard = guard()) {
            guard.turn();
            node.addPod(pod(rules, List.of("a", "b"), List.of()));
            var container = appears("a");
            resync(guard);

            assertThat(kernel(container)).isEqualTo(writes(70));
        }
    }

    @Test
    void aPodBetweenTwoRuntimesHasEachAskedWithItsOwnIds() {
        var inDocker = new ContainerId("docker", id("c").id());
        runtime.known.put(
                inDocker,
                new RuntimeResolver.Resolution.Found(
                        new CgroupPath("/x"), Optional.of("b"), Optional.empty(), Optional.empty(), false));
        var rules = Map.of("iops-limit/policy", "[{\"container\": \"b\", \"writeIops\": 70}]");
        var before = new Container("a", "image", ContainerKind.MAIN, Optional.of(id("a")));
        var after = new Container("z", "image", ContainerKind.MAIN, Optional.of(new ContainerId("docker", "z")));
        var next = new Container("b", "image", ContainerKind.MAIN, Optional.empty());
        node.addPod(new Pod(UID, "shop", "db", QosClass.BURSTABLE, Map.of(), rules, List.of(before, after, next)));
        var container = appears("c");
        try (var guard = guard()) {
            guard.turn();

            assertThat(kernel(container)).isEqualTo(writes(70));
            assertThat(runtime.asked).containsExactly(id("c"), inDocker);
        }
    }

    @Test
    void aRuntimeThatDoesNotKnowIsAskedLessAndLessOften() {
        node.addPod(pod(Map.of(), List.of("a", "b"), List.of()));
        appears("p");
        appears("a");
        try (var guard = guard()) {
            guard.turn();
            node.changePod(pod(Map.of(), List.of("a", "b"), List.of("a")));
            guard.turn();
            for (var i = 0; i < 120; i++) {
                resync(guard);
            }
            assertThat(runtime.asked).as("in an hour").hasSizeBetween(8, 16).containsOnly(id("p"));
        }
    }

    @Test
    void aRuntimeThatFailsStopsNothing() {
        runtime.fails = true;
        node.addPod(pod(Map.of(), List.of("a", "b"), List.of("a")));
        var sandbox = appears("p");
        try (var guard = guard()) {
            guard.turn();
            soon(guard);

            assertThat(runtime.asked).containsOnly(id("p"));
            assertThat(kernel(sandbox)).isEqualTo(writes(500));
        }
    }

    /** A runtime that knows what it is told. */
    private static final class Runtime implements RuntimeResolver {
        private final Map<ContainerId, Resolution> known = new HashMap<>();
        private final List<ContainerId> asked = new ArrayList<>();
        private boolean fails;

        void sandbox(String id) {
            put(id, Optional.empty(), true);
        }

        void container(String id, String name) {
            put(id, Optional.of(name), false);
        }

        private void put(String id, Optional<String> name, boolean sandbox) {
            known.put(
                    id(id),
                    new Resolution.Found(new CgroupPath("/x"), name, Optional.empty(), Optional.empty(), sandbox));
        }

        @Override
        public Resolution resolve(ContainerId id) {
            asked.add(id);
            if (fails) {
                throw new IllegalStateException("a bug");
            }
            return known.getOrDefault(id, new Resolution.Gone());
        }

        @Override
        public void close() {}
    }
}
