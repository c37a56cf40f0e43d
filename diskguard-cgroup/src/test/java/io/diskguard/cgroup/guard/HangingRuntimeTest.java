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
import io.diskguard.model.ContainerId;
import io.diskguard.model.ContainerKind;
import io.diskguard.model.DeviceId;
import io.diskguard.model.Pod;
import io.diskguard.model.QosClass;
import io.diskguard.simulator.SimulatedDisk;
import io.diskguard.simulator.SimulatedMount;
import io.diskguard.simulator.SimulatedNode;
import io.diskguard.spi.PodSource;
import io.diskguard.spi.RuntimeResolver;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A runtime that takes two seconds to say nothing holds the loop up for one question, not for all of them. */
class HangingRuntimeTest {
    private static final DeviceId DATA = new DeviceId(8, 16);
    private static final Duration LATER = Duration.ofSeconds(3);
    private static final int PODS = 5;

    private final SimulatedNode node = SimulatedNode.v2();
    private final IoMaxDriver driver = new IoMaxDriver(node.cgroups());
    private final Hanging runtime = new Hanging();

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

    private DiskGuardBuilder guard() {
        var config = GuardConfig.builder()
                .defaultLimit(writes(500))
                .checkInterval(Duration.ofSeconds(30))
                .stateDir(state)
                .build();
        return Guards.on(node, driver, config, new Recorder()).runtime(runtime);
    }

    /** Of each only a cgroup is there that its status does not name. */
    private void pods(Map<String, String> annotations) {
        for (var i = 0; i < PODS; i++) {
            var uid = "00000000-0000-0000-0000-00000000000" + i;
            var containers = List.of(
                    new Container("a", "image", ContainerKind.MAIN, Optional.empty()),
                    new Container("b", "image", ContainerKind.MAIN, Optional.of(id("b" + i))));
            node.addPod(new Pod(uid, "shop", "db-" + i, QosClass.BURSTABLE, Map.of(), annotations, containers));
            node.cgroups()
                    .makeAll(new CgroupPath(
                            "/kubepods/burstable/pod" + uid + "/" + id("s" + i).id()));
        }
    }

    @Test
    void whoseManyCgroupsAreIsAskedInManyTurns() {
        pods(Map.of());
        try (var guard = guard().build()) {
            guard.turn();
            node.clock().advance(LATER);
            for (var turn = 1; turn <= PODS; turn++) {
                guard.turn();
                assertThat(runtime.asked).as("questions after turn %s", turn).isEqualTo(turn);
            }
        }
    }

    @Test
    void closingEndsATurnAtTheNextPod() {
        pods(Map.of("iops-limit/policy", "[{\"container\": \"a\", \"iops\": 100}]"));
        var guard = guard().build();
        runtime.meanwhile = guard::close;

        guard.turn();

        assertThat(runtime.asked).isEqualTo(1);
    }

    @Test
    void whileThePodsAreNotKnownWhatIsDueWaitsForThem() {
        pods(Map.of());
        var pods = new Forgetful(node.pods());
        try (DiskGuard guard = guard().pods(pods).build()) {
            guard.turn();
            pods.forgot = true;
            node.clock().advance(LATER);

            assertThat(guard.turn()).as("no turn after turn").isGreaterThan(LATER);
        }
    }

    private final class Hanging implements RuntimeResolver {
        private int asked;
        private Runnable meanwhile = () -> {};

        @Override
        public Resolution resolve(ContainerId id) {
            asked++;
            meanwhile.run();
            node.clock().advance(Duration.ofSeconds(2));
            return new Resolution.Unknown("it did not answer in time");
        }

        @Override
        public void close() {}
    }

    private static final class Forgetful implements PodSource {
        private final PodSource pods;
        private boolean forgot;

        Forgetful(PodSource pods) {
            this.pods = pods;
        }

        @Override
        public Snapshot snapshot() {
            return forgot ? new Snapshot.Unknown("forgotten") : pods.snapshot();
        }

        @Override
        public void onChange(Consumer<String> uid) {
            pods.onChange(uid);
        }

        @Override
        public void close() {
            pods.close();
        }
    }
}
