/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.cgroup.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.DiskGuard;
import io.diskguard.cgroup.tree.KubepodsTree;
import io.diskguard.cgroup.v1.BlkioThrottleDriver;
import io.diskguard.config.GuardConfig;
import io.diskguard.model.Container;
import io.diskguard.model.ContainerId;
import io.diskguard.model.ContainerKind;
import io.diskguard.model.DeviceId;
import io.diskguard.model.IoLimit;
import io.diskguard.model.LimitKey;
import io.diskguard.model.Pod;
import io.diskguard.model.QosClass;
import io.diskguard.model.Rate;
import io.diskguard.simulator.SimulatedDisk;
import io.diskguard.simulator.SimulatedMount;
import io.diskguard.simulator.SimulatedNode;
import io.diskguard.spi.CgroupDriver;
import io.diskguard.spi.CgroupDriver.ReadResult;
import io.diskguard.spi.PodSource;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An agent that starts on a node with limits of the one before it loses none while it does not know everything yet. */
class RestartTest {
    private static final DeviceId DISK = new DeviceId(8, 0);
    private static final IoLimit LIMIT = IoLimit.UNLIMITED.with(LimitKey.WIOPS, Rate.perSecond(500));
    private static final SimulatedMount MOUNT = SimulatedMount.of("/data", DISK, "ext4", "/dev/sda");
    private static final ContainerId ID = new ContainerId("containerd", "a".repeat(64));
    private static final Pod POD = new Pod(
            "00000000-0000-0000-0000-000000000001",
            "shop",
            "db",
            QosClass.BURSTABLE,
            Map.of(),
            Map.of(),
            List.of(new Container("app", "image", ContainerKind.MAIN, Optional.of(ID))));

    private final SimulatedNode node = SimulatedNode.v1();
    private final CgroupDriver driver = new BlkioThrottleDriver(node.cgroups());

    @TempDir
    Path state;

    @BeforeEach
    void limitedByTheAgentBefore() {
        node.addDisk(SimulatedDisk.hardware("sda", DISK));
        node.mount(MOUNT);
        node.addPod(POD);
        turnOfANewAgent(node.pods());
        assertThat(kernel()).isEqualTo(LIMIT);
    }

    @AfterEach
    void close() {
        node.close();
    }

    private void turnOfANewAgent(PodSource pods) {
        var config = GuardConfig.builder().defaultLimit(LIMIT).stateDir(state).build();
        DiskGuard.builder()
                .environment(node.environment())
                .config(config)
                .driver(driver)
                .pods(pods)
                .podCgroups(KubepodsTree.open(node.cgroups()))
                .build()
                .turn();
    }

    private IoLimit kernel() {
        var cgroup = node.cgroupOf(ID).orElseThrow();
        return driver.read(cgroup) instanceof ReadResult.Found found
                ? found.limits().get(DISK)
                : IoLimit.UNLIMITED;
    }

    @Test
    void aPodThatIsNotHeardOfKeepsItsLimitUntilAllPodsAreKnown() {
        turnOfANewAgent(new KnownPods(new PodSource.Snapshot.Synced(List.of(), false)));
        assertThat(kernel()).isEqualTo(LIMIT);

        turnOfANewAgent(new KnownPods(new PodSource.Snapshot.Synced(List.of())));
        assertThat(kernel()).isEqualTo(IoLimit.UNLIMITED);
    }

    private record KnownPods(Snapshot snapshot) implements PodSource {
        @Override
        public void onChange(Consumer<String> uid) {}

        @Override
        public void close() {}
    }

    @Test
    void aMountThatIsAwayAtTheStartCostsNoLimit() {
        node.unmount("/data");
        turnOfANewAgent(node.pods());
        assertThat(kernel()).isEqualTo(LIMIT);
    }
}
