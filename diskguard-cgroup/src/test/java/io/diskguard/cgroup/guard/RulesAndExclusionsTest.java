/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.cgroup.guard;

import static io.diskguard.cgroup.guard.Guards.id;
import static io.diskguard.cgroup.guard.Guards.writes;
import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.DiskGuard;
import io.diskguard.cgroup.v2.IoMaxDriver;
import io.diskguard.config.GuardConfig;
import io.diskguard.model.Container;
import io.diskguard.model.ContainerKind;
import io.diskguard.model.DeviceId;
import io.diskguard.model.Exclusions;
import io.diskguard.model.IoLimit;
import io.diskguard.model.LabelSelector;
import io.diskguard.model.LimitKey;
import io.diskguard.model.MountRef;
import io.diskguard.model.Pod;
import io.diskguard.model.QosClass;
import io.diskguard.simulator.SimulatedDisk;
import io.diskguard.simulator.SimulatedMount;
import io.diskguard.simulator.SimulatedNode;
import io.diskguard.simulator.SimulatedVolume;
import io.diskguard.spi.CgroupDriver.ReadResult;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who is limited on which disk: rules of a pod's owner by volume, device and root file system, and the operator's exclusions. */
class RulesAndExclusionsTest {
    private static final DeviceId NODE = new DeviceId(8, 0);
    private static final DeviceId DATA = new DeviceId(8, 16);
    private static final DeviceId CLAIM = new DeviceId(253, 0);
    private static final String UID = "00000000-0000-0000-0000-000000000001";
    private static final Duration RESYNC = Duration.ofSeconds(30);

    private final Recorder told = new Recorder();
    private final SimulatedNode node = SimulatedNode.v2();
    private final IoMaxDriver driver = new IoMaxDriver(node.cgroups());

    @TempDir
    Path state;

    @BeforeEach
    void disks() {
        node.addDisk(SimulatedDisk.hardware("sda", NODE));
        node.addDisk(SimulatedDisk.hardware("sdb", DATA));
        node.addDisk(SimulatedDisk.mapped("dm-0", CLAIM, "vg-claim", List.of("sdb")));
        node.mount(SimulatedMount.of("/var/lib/containerd", NODE, "ext4", "/dev/sda"));
        node.mount(SimulatedMount.of("/data", DATA, "ext4", "/dev/sdb"));
        node.mount(SimulatedMount.of("/var/lib/kubelet/pods/x/claim", CLAIM, "xfs", "/dev/mapper/vg-claim"));
    }

    @AfterEach
    void close() {
        driver.close();
        node.close();
    }

    private DiskGuard guard(Exclusions exclusions) {
        var config = GuardConfig.builder()
                .defaultLimit(writes(500))
                .exclusions(exclusions)
                .checkInterval(RESYNC)
                .stateDir(state)
                .build();
        return Guards.on(node, driver, config, told).build();
    }

    private static Container container(String name, MountRef... mounts) {
        return new Container(name, "shop/" + name + ":1", ContainerKind.MAIN, Optional.of(id(name)), List.of(mounts));
    }

    private static Pod pod(Map<String, String> annotations, Container... containers) {
        return new Pod(UID, "shop", "db", QosClass.BURSTABLE, Map.of("app", "db"), annotations, List.of(containers));
    }

    private IoLimit kernel(String container, DeviceId disk) {
        var cgroup = node.cgroupOf(id(container)).orElseThrow();
        return driver.read(cgroup) instanceof ReadResult.Found found
                ? found.limits().get(disk)
                : IoLimit.UNLIMITED;
    }

    private void resync(DiskGuard guard) {
        node.clock().advance(RESYNC);
        guard.turn();
    }

    @Test
    void aVolumesDiskIsLimitedThoughItIsNotConfigured() {
        node.volume(UID, "claim", SimulatedVolume.directory("/var/lib/kubelet/pods/x/claim"));
        var rules = Map.of("iops-limit/policy", "[{\"container\": \"a\", \"volume\": \"claim\", \"writeIops\": 70}]");
        node.addPod(pod(rules, container("a", new MountRef("claim", "/claim", false)), container("b")));
        try (var guard = guard(Exclusions.NONE)) {
            guard.turn();

            assertThat(kernel("a", CLAIM)).isEqualTo(writes(70));
            assertThat(kernel("a", DATA)).isEqualTo(writes(500));
            assertThat(kernel("b", CLAIM)).isEqualTo(IoLimit.UNLIMITED);
            assertThat(kernel("b", DATA)).isEqualTo(writes(500));
            assertThat(guard.explain("shop", "db").orElseThrow().rows())
                    .anySatisfy(row ->
                            assertThat(row.decision().origin(LimitKey.WIOPS)).contains("policy[0]"));
        }
    }

    @Test
    void aVolumeMountedInsideAnotherIsOnItsOwnDisk() {
        node.mount(SimulatedMount.of("/data/inner", CLAIM, "xfs", "/dev/mapper/vg-claim"));
        node.volume(UID, "outer", SimulatedVolume.directory("/data"));
        node.volume(UID, "inner", SimulatedVolume.directory("/data/inner"));
        var rules = Map.of("iops-limit/policy", "[{\"volume\": \"inner\", \"writeIops\": 70}]");
        node.addPod(pod(
                rules, container("a", new MountRef("outer", "/v", false), new MountRef("inner", "/v/inner", false))));
        try (var guard = guard(Exclusions.NONE)) {
            guard.turn();

            assertThat(kernel("a", CLAIM)).isEqualTo(writes(70));
            assertThat(kernel("a", DATA)).isEqualTo(writes(500));
        }
    }

    @Test
    void aRuleThatIsGoneTakesItsLimitAlong() {
        node.volume(UID, "claim", SimulatedVolume.directory("/var/lib/kubelet/pods/x/claim"));
        var container = container("a", new MountRef("claim", "/claim", false));
        node.addPod(pod(Map.of("iops-limit/policy", "[{\"volume\": \"claim\", \"writeIops\": 70}]"), container));
        try (var guard = guard(Exclusions.NONE)) {
            guard.turn();
            node.changePod(pod(Map.of(), container));
            guard.turn();

            assertThat(kernel("a", CLAIM)).isEqualTo(IoLimit.UNLIMITED);
            assertThat(kernel("a", DATA)).isEqualTo(writes(500));
        }
    }

    @Test
    void theRootFileSystemAndANamedDeviceAreLimitedWhereTheyAre() {
        node.addPod(pod(
                Map.of(
                        "iops-limit/policy",
                        "[{\"rootfs\": true, \"writeIops\": 60}, {\"device\": \"dm-0\", \"writeIops\": 50}]"),
                container("a")));
        try (var guard = guard(Exclusions.NONE)) {
            guard.turn();

            assertThat(kernel("a", NODE)).isEqualTo(writes(60));
            assertThat(kernel("a", CLAIM)).isEqualTo(writes(50));
        }
    }

    @Test
    void aVolumeWithoutADiskIsExplainedAndNoError() {
        node.volume(UID, "share", SimulatedVolume.diskless("nfs4", "files:/export"));
        node.addPod(pod(
                Map.of("iops-limit/policy", "[{\"volume\": \"share\", \"writeIops\": 70}]"),
                container("a", new MountRef("share", "/share", false))));
        try (var guard = guard(Exclusions.NONE)) {
            guard.turn();

            assertThat(kernel("a", DATA)).isEqualTo(writes(500));
            assertThat(guard.explain("shop", "db").orElseThrow().notes())
                    .anySatisfy(note -> assertThat(note).contains("volume share", "nfs4"));
            assertThat(told.drain()).noneMatch(line -> line.startsWith("failed") || line.startsWith("exception"));
        }
    }

    @Test
    void anExcludedContainerIsNeverWrittenAndItsNeighboursAre() {
        node.addPod(pod(Map.of(), container("a"), container("sidecar")));
        var byKeyword = new Exclusions(Set.of(), Optional.empty(), List.of("sidecar"), List.of());
        try (var guard = guard(byKeyword)) {
            guard.turn();

            assertThat(kernel("a", DATA)).isEqualTo(writes(500));
            assertThat(kernel("sidecar", DATA)).isEqualTo(IoLimit.UNLIMITED);
            assertThat(guard.explain("shop", "db").orElseThrow().rows())
                    .anySatisfy(row ->
                            assertThat(row.decision().origin(LimitKey.WIOPS)).contains("exclude_keywords"));
        }
    }

    @Test
    void whatIsExcludedFromNowOnLosesWhatIsOurs() {
        node.addPod(pod(Map.of(), container("a")));
        try (var before = guard(Exclusions.NONE)) {
            before.turn();
        }
        var selector = ((LabelSelector.Parsed.Valid) LabelSelector.parse("app in (db)")).selector();
        Stream.of(
                        new Exclusions(Set.of("shop"), Optional.empty(), List.of(), List.of()),
                        new Exclusions(Set.of(), Optional.of(selector), List.of(), List.of()),
                        new Exclusions(Set.of(), Optional.empty(), List.of(), List.of(Pattern.compile("^shop/db/a$"))))
                .forEach(exclusions -> {
                    try (var limiting = guard(Exclusions.NONE)) {
                        limiting.turn();
                        assertThat(kernel("a", DATA)).isEqualTo(writes(500));
                    }
                    try (var excluding = guard(exclusions)) {
                        excluding.turn();
                        assertThat(kernel("a", DATA)).as(exclusions.toString()).isEqualTo(IoLimit.UNLIMITED);
                    }
                });
    }

    @Test
    void aDiskThatGoesAndComesBackIsLimitedAgain() {
        node.addPod(pod(Map.of(), container("a")));
        try (var guard = guard(Exclusions.NONE)) {
            guard.turn();
            node.removeDisk("dm-0");
            node.removeDisk("sdb");
            resync(guard);
            resync(guard);
            assertThat(told.drain()).noneMatch(line -> line.startsWith("failed") || line.startsWith("exception"));
            assertThat(guard.status().isReady()).isFalse();

            node.addDisk(SimulatedDisk.hardware("sdb", DATA));
            resync(guard);
            assertThat(kernel("a", DATA)).isEqualTo(writes(500));
            assertThat(guard.status().isReady()).isTrue();
        }
    }
}
