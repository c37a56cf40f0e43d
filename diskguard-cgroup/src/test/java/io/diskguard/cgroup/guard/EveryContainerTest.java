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
import io.diskguard.model.MountRef;
import io.diskguard.model.Pod;
import io.diskguard.model.QosClass;
import io.diskguard.simulator.SimulatedDisk;
import io.diskguard.simulator.SimulatedMount;
import io.diskguard.simulator.SimulatedNode;
import io.diskguard.spi.CgroupDriver.ReadResult;
import io.diskguard.spi.RuntimeResolver;
import io.diskguard.spi.RuntimeResolver.BlockNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Containers of every kind, and volumes of the kind that is in no mount table, down to the kernel. */
class EveryContainerTest {
    private static final DeviceId DATA = new DeviceId(8, 16);
    private static final DeviceId CLAIM = new DeviceId(253, 0);
    private static final String UID = "00000000-0000-0000-0000-000000000001";
    private static final MountRef RAW = new MountRef("raw", "/dev/xvda", true);
    private static final Map<String, String> RAW_RULE =
            Map.of("iops-limit/policy", "[{\"volume\": \"raw\", \"writeIops\": 70}]");

    private final SimulatedNode node = SimulatedNode.v2();
    private final IoMaxDriver driver = new IoMaxDriver(node.cgroups());
    private final List<ContainerId> asked = new ArrayList<>();
    private Optional<List<BlockNode>> devices = Optional.empty();

    @TempDir
    Path state;

    @BeforeEach
    void disks() {
        node.addDisk(SimulatedDisk.hardware("sdb", DATA));
        node.addDisk(SimulatedDisk.mapped("dm-0", CLAIM, "vg-claim", List.of("sdb")));
        node.mount(SimulatedMount.of("/data", DATA, "ext4", "/dev/sdb"));
    }

    @AfterEach
    void close() {
        driver.close();
        node.close();
    }

    private DiskGuard guard() {
        var config =
                GuardConfig.builder().defaultLimit(writes(500)).stateDir(state).build();
        return Guards.on(node, driver, config, new Recorder())
                .runtime(new RuntimeResolver() {
                    @Override
                    public Resolution resolve(ContainerId id) {
                        asked.add(id);
                        return devices.<Resolution>map(given -> new Resolution.Found(
                                        new CgroupPath("/x"),
                                        Optional.of("c"),
                                        Optional.empty(),
                                        Optional.empty(),
                                        false,
                                        List.of(),
                                        Optional.of(given)))
                                .orElseGet(() -> new Resolution.Unknown("the daemon is away"));
                    }

                    @Override
                    public void close() {}
                })
                .build();
    }

    private static Container container(String name, ContainerKind kind, MountRef... mounts) {
        return new Container(name, "image", kind, Optional.of(id(name)), List.of(mounts));
    }

    private static Pod pod(Map<String, String> annotations, Container... containers) {
        return new Pod(UID, "shop", "db", QosClass.BURSTABLE, Map.of(), annotations, List.of(containers));
    }

    private IoLimit kernel(CgroupPath cgroup, DeviceId disk) {
        return driver.read(cgroup) instanceof ReadResult.Found found
                ? found.limits().get(disk)
                : IoLimit.UNLIMITED;
    }

    private IoLimit kernel(String container, DeviceId disk) {
        return kernel(node.cgroupOf(id(container)).orElseThrow(), disk);
    }

    @Test
    void initSidecarEphemeralAndMainContainersAreAllLimited() {
        node.addPod(pod(
                Map.of("iops-limit/write-iops", "90"),
                container("a", ContainerKind.INIT),
                container("b", ContainerKind.SIDECAR),
                container("c", ContainerKind.MAIN),
                container("d", ContainerKind.EPHEMERAL)));
        try (var guard = guard()) {
            guard.turn();

            for (var name : List.of("a", "b", "c", "d")) {
                assertThat(kernel(name, DATA)).as(name).isEqualTo(writes(90));
            }
        }
    }

    @Test
    void aStaticPodIsFoundByTheHashOfItsConfiguration() {
        var hash = "0123456789abcdef0123456789abcdef";
        var mirror = Map.of(
                "kubernetes.io/config.hash", hash, "kubernetes.io/config.mirror", hash, "iops-limit/write-iops", "90");
        node.addPod(pod(mirror, container("a", ContainerKind.MAIN)));
        try (var guard = guard()) {
            guard.turn();

            var cgroup = new CgroupPath("/kubepods/burstable/pod" + hash + "/" + id("a").id());
            assertThat(kernel(cgroup, DATA)).isEqualTo(writes(90));
        }
    }

    @Test
    void aRawBlockVolumeIsLimitedAtTheDiskThatTheRuntimeNames() {
        devices = Optional.of(List.of(new BlockNode("/dev/xvda", CLAIM)));
        node.addPod(pod(RAW_RULE, container("a", ContainerKind.MAIN, RAW)));
        try (var guard = guard()) {
            guard.turn();
            guard.turn();

            assertThat(kernel("a", CLAIM)).isEqualTo(writes(70));
            assertThat(kernel("a", DATA)).isEqualTo(writes(500));
            assertThat(guard.explain("shop", "db").orElseThrow().notes()).anySatisfy(note -> assertThat(note)
                    .contains("volume raw: /dev/xvda is a raw block volume", "253:0", "dm-0"));
            assertThat(asked).as("it cannot change").containsExactly(id("a"));
        }
    }

    @Test
    void aRawBlockVolumeThatNoRuleNamesHasNobodyAsked() {
        node.addPod(pod(
                Map.of("iops-limit/policy", "[{\"rootfs\": true, \"writeIops\": 70}]"),
                container("a", ContainerKind.MAIN, RAW)));
        try (var guard = guard()) {
            guard.turn();

            assertThat(kernel("a", DATA)).isEqualTo(writes(500));
            assertThat(asked).isEmpty();
        }
    }

    @Test
    void aRawBlockVolumeThatNobodyTellsOfKeepsItsLimitAndTheOtherDisksHaveTheirs() {
        devices = Optional.of(List.of(new BlockNode("/dev/xvda", CLAIM)));
        node.addPod(pod(RAW_RULE, container("a", ContainerKind.MAIN, RAW)));
        try (var guard = guard()) {
            guard.turn();
        }
        devices = Optional.empty();
        try (var restarted = guard()) {
            restarted.turn();

            assertThat(kernel("a", CLAIM)).isEqualTo(writes(70));
            assertThat(kernel("a", DATA)).isEqualTo(writes(500));
            assertThat(restarted.explain("shop", "db").orElseThrow().notes())
                    .anySatisfy(note -> assertThat(note).contains("volume raw is not known yet", "the daemon is away"));
        }
    }
}
