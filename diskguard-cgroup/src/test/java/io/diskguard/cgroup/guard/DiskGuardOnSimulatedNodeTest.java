/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.cgroup.guard;

import static io.diskguard.cgroup.guard.Guards.id;
import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.DiskGuard;
import io.diskguard.config.GuardConfig;
import io.diskguard.model.CgroupPath;
import io.diskguard.model.Container;
import io.diskguard.model.ContainerKind;
import io.diskguard.model.DeviceId;
import io.diskguard.model.IoLimit;
import io.diskguard.model.LimitKey;
import io.diskguard.model.Pod;
import io.diskguard.model.QosClass;
import io.diskguard.model.Rate;
import io.diskguard.simulator.Load;
import io.diskguard.simulator.SimulatedDisk;
import io.diskguard.simulator.SimulatedMount;
import io.diskguard.simulator.SimulatedNode;
import io.diskguard.spi.AttributeResult;
import io.diskguard.spi.CgroupDriver;
import io.diskguard.spi.CgroupDriver.ReadResult;
import io.diskguard.spi.Errno;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole engine on a simulated node, turn by turn. */
abstract class DiskGuardOnSimulatedNodeTest {
    private static final DeviceId DISK = new DeviceId(8, 0);
    private static final DeviceId PARTITION = new DeviceId(8, 1);
    private static final DeviceId OTHER_DISK = new DeviceId(8, 16);
    private static final Duration RESYNC = Duration.ofSeconds(30);

    private final Recorder told = new Recorder();
    private SimulatedNode node;
    private CgroupDriver driver;
    private DiskGuard guard;

    @TempDir
    Path state;

    abstract SimulatedNode newNode();

    abstract CgroupDriver newDriver(SimulatedNode node);

    @BeforeEach
    void start() {
        node = newNode();
        node.addDisk(SimulatedDisk.hardware("sda", DISK).withPartition("sda1", PARTITION));
        node.addDisk(SimulatedDisk.hardware("sdb", OTHER_DISK));
        node.mount(SimulatedMount.of("/data", PARTITION, "ext4", "/dev/sda1"));
        driver = newDriver(node);
        guard = newGuard(GuardConfig.OnShutdown.KEEP);
    }

    @AfterEach
    void stop() {
        guard.close();
        driver.close();
        node.close();
    }

    private DiskGuard newGuard(GuardConfig.OnShutdown onShutdown) {
        var config = GuardConfig.builder()
                .defaultLimit(iops(500))
                .ceiling(IoLimit.UNLIMITED.with(LimitKey.WIOPS, Rate.perSecond(2000)))
                .checkInterval(RESYNC)
                .stateDir(state)
                .onShutdown(onShutdown)
                .build();
        return Guards.on(node, driver, config, told).build();
    }

    private static IoLimit iops(long value) {
        return IoLimit.UNLIMITED
                .with(LimitKey.RIOPS, Rate.perSecond(value))
                .with(LimitKey.WIOPS, Rate.perSecond(value));
    }

    private static Pod pod(String name, Map<String, String> annotations, String... containers) {
        var list = new ArrayList<Container>();
        for (var container : containers) {
            list.add(new Container(container, "image", ContainerKind.MAIN, Optional.of(id(container))));
        }
        var uid = "00000000-0000-0000-0000-00000000000" + name.length();
        return new Pod(uid, "shop", name, QosClass.BURSTABLE, Map.of(), annotations, list);
    }

    private IoLimit kernel(String container) {
        return kernel(cgroup(container), DISK);
    }

    private IoLimit kernel(CgroupPath cgroup, DeviceId disk) {
        return driver.read(cgroup) instanceof ReadResult.Found found
                ? found.limits().get(disk)
                : IoLimit.UNLIMITED;
    }

    private CgroupPath cgroup(String container) {
        return node.cgroupOf(id(container)).orElseThrow();
    }

    private void resync() {
        node.clock().advance(RESYNC);
        guard.turn();
    }

    @Test
    void everyContainerOfEveryPodGetsTheDefaultOnTheDiskOfThePartition() {
        node.addPod(pod("db", Map.of(), "a", "b"));
        guard.turn();
        assertThat(kernel("a")).isEqualTo(iops(500));
        assertThat(kernel("b")).isEqualTo(iops(500));
        assertThat(kernel(cgroup("a"), OTHER_DISK)).isEqualTo(IoLimit.UNLIMITED);
    }

    @Test
    void aChangedAnnotationIsInTheKernelAfterOneTurn() {
        node.addPod(pod("db", Map.of(), "a"));
        guard.turn();
        node.changePod(pod("db", Map.of("iops-limit/write-iops", "70"), "a"));
        guard.turn();
        assertThat(kernel("a")).isEqualTo(iops(500).with(LimitKey.WIOPS, Rate.perSecond(70)));
    }

    @Test
    void zeroLiftsOnlyItsDirectionAndNotTheCeiling() {
        node.addPod(pod("db", Map.of("iops-limit/read-iops", "0", "iops-limit/write-iops", "0"), "a"));
        guard.turn();
        assertThat(kernel("a")).isEqualTo(IoLimit.UNLIMITED.with(LimitKey.WIOPS, Rate.perSecond(2000)));
    }

    @Test
    void theLimitHoldsAndOtherContainersAreFree() {
        node.addPod(pod("db", Map.of("iops-limit/write-iops", "100"), "a"));
        guard.turn();
        node.load(id("a"), Load.writing(DISK, 30_000, 4096));
        node.advance(Duration.ofSeconds(10));
        assertThat(guard.explain("shop", "db").orElseThrow().rows())
                .singleElement()
                .satisfies(
                        row -> assertThat(row.kernel()).contains(row.decision().limit()));
    }

    @Test
    void anUnchangedNodeIsNotWrittenTo() {
        node.addPod(pod("db", Map.of(), "a"));
        guard.turn();
        var writes = node.cgroups().writes();
        resync();
        assertThat(node.cgroups().writes()).isEqualTo(writes);
    }

    @Test
    void aRestartChangesNothingInTheKernel() {
        node.addPod(pod("db", Map.of(), "a"));
        guard.turn();
        var writes = node.cgroups().writes();
        newGuard(GuardConfig.OnShutdown.KEEP).turn();
        assertThat(node.cgroups().writes()).isEqualTo(writes);
        assertThat(kernel("a")).isEqualTo(iops(500));
    }

    @Test
    void aLimitChangedByHandIsRepairedAtTheNextResync() {
        node.addPod(pod("db", Map.of(), "a"));
        guard.turn();
        driver.apply(cgroup("a"), DISK, iops(9));
        resync();
        assertThat(kernel("a")).isEqualTo(iops(500));
        assertThat(told.drain()).contains("repaired shop/db/a");
    }

    @Test
    void aLimitThatSomebodyKeepsChangingIsLeftAfterThreeRepairs() {
        node.addPod(pod("db", Map.of(), "a"));
        guard.turn();
        for (var i = 0; i < 5; i++) {
            driver.apply(cgroup("a"), DISK, iops(9));
            resync();
        }
        assertThat(kernel("a")).isEqualTo(iops(9));
        assertThat(told.drain().stream().filter("contested shop/db/a"::equals)).hasSize(1);
    }

    @Test
    void limitsOfOthersAreLeftAloneAlsoByReset() {
        node.addPod(pod("db", Map.of(), "a", "b"));
        driver.apply(cgroup("a"), DISK, iops(9));
        driver.apply(cgroup("b"), OTHER_DISK, iops(7));
        guard.turn();
        assertThat(kernel("a")).isEqualTo(iops(9));
        assertThat(told.drain()).contains("foreign shop/db/a");
        var report = DiskGuard.reset(node.environment(), config(), driver, false);
        assertThat(report.cleared()).hasSize(1);
        assertThat(report.leftAlone()).hasSize(2);
        assertThat(kernel("a")).isEqualTo(iops(9));
        assertThat(kernel("b")).isEqualTo(IoLimit.UNLIMITED);
        assertThat(kernel(cgroup("b"), OTHER_DISK)).isEqualTo(iops(7));
    }

    private GuardConfig config() {
        return GuardConfig.builder()
                .defaultLimit(IoLimit.UNLIMITED)
                .mounts()
                .checkInterval(RESYNC)
                .stateDir(state)
                .build();
    }

    @Test
    void aContainerOfAKnownPodIsLimitedBeforeItsStatusIsKnown() {
        var pod = pod("db", Map.of("iops-limit/iops", "80"), "a");
        node.addPod(pod);
        guard.turn();
        var early = cgroup("a").parent().orElseThrow().child(id("c").id());
        node.cgroups().makeAll(early);
        resync();
        assertThat(kernel(early, DISK)).isEqualTo(iops(80));
    }

    @Test
    void marksLeftByAnEarlierRunAreClearedOnceNoPodClaimsThem() {
        var pod = pod("db", Map.of(), "a");
        node.addPod(pod);
        guard.turn();
        var cgroup = cgroup("a");
        node.removePod(pod.uid());
        node.cgroups().makeAll(cgroup);
        node.cgroups()
                .setAttribute(
                        cgroup,
                        "diskguard",
                        "{\"v\":1,\"d\":{\"8:0\":{\"l\":[500,500,0,0],\"o\":\"x\",\"at\":\"2026-01-01T00:00:00Z\"}}}");
        driver.apply(cgroup, DISK, iops(500));
        newGuard(GuardConfig.OnShutdown.KEEP).turn();
        assertThat(kernel(cgroup, DISK)).isEqualTo(IoLimit.UNLIMITED);
        assertThat(node.cgroups().attribute(cgroup, "diskguard")).isEqualTo(AttributeResult.ABSENT);
    }

    @Test
    void aContainerThatIsNotWhereTheKubeletPutsItIsFoundByItsIdAndKept() {
        node.addPod(pod("db", Map.of(), "a"));
        node.cgroups().rmdirRecursive(cgroup("a").parent().orElseThrow());
        var elsewhere = new CgroupPath("/docker").child(id("a").id());
        node.cgroups().makeAll(elsewhere);
        guard.turn();
        assertThat(kernel(elsewhere, DISK)).isEqualTo(iops(500));
        resync();
        assertThat(kernel(elsewhere, DISK)).isEqualTo(iops(500));
    }

    @Test
    void aRefusedWriteIsToldAndTriedAgain() {
        node.cgroups().refuseWrites(Errno.EROFS);
        node.addPod(pod("db", Map.of(), "a"));
        guard.turn();
        assertThat(told.drain()).anyMatch(line -> line.startsWith("failed"));
        node.cgroups().refuseNothing();
        node.clock().advance(Duration.ofMillis(50));
        guard.turn();
        assertThat(kernel("a")).isEqualTo(iops(500));
    }

    @Test
    void aMarkThatCannotBeReadIsNeitherOverwrittenNorClearedUntilItCan() {
        node.addPod(pod("db", Map.of(), "a"));
        guard.turn();
        node.cgroups().refuseAttributes(Errno.EMFILE);
        node.changePod(pod("db", Map.of("iops-limit/iops", "70"), "a"));
        guard.turn();
        assertThat(kernel("a")).isEqualTo(iops(500));
        assertThat(told.drain()).anyMatch(line -> line.startsWith("unreadable"));
        node.cgroups().refuseNothing();
        node.clock().advance(Duration.ofMillis(50));
        guard.turn();
        assertThat(kernel("a")).isEqualTo(iops(70));
    }

    @Test
    void aKernelWithoutAttributesIsServedByTheJournal() {
        node.cgroups().refuseAttributes(Errno.EOPNOTSUPP);
        node.addPod(pod("db", Map.of(), "a"));
        guard.turn();
        assertThat(kernel("a")).isEqualTo(iops(500));
        node.changePod(pod("db", Map.of("iops-limit/iops", "70"), "a"));
        newGuard(GuardConfig.OnShutdown.KEEP).turn();
        assertThat(kernel("a")).isEqualTo(iops(70));
    }

    @Test
    void aMountThatIsAwayForAMomentLosesNoLimit() {
        node.addPod(pod("db", Map.of(), "a"));
        guard.turn();
        node.unmount("/data");
        resync();
        assertThat(guard.status().isReady()).isFalse();
        assertThat(kernel("a")).isEqualTo(iops(500));
    }

    @Test
    void aBadAnnotationCostsThatKeyOnlyAndIsToldOnce() {
        node.addPod(pod("db", Map.of("iops-limit/iops", "many"), "a"));
        guard.turn();
        resync();
        assertThat(kernel("a")).isEqualTo(iops(500));
        assertThat(told.drain().stream().filter("invalid shop/db iops-limit/iops"::equals))
                .hasSize(1);
    }

    @Test
    void limitsStayOnShutdownUnlessTheConfigurationSaysClear() {
        node.addPod(pod("db", Map.of(), "a"));
        guard.turn();
        guard.close();
        assertThat(kernel("a")).isEqualTo(iops(500));
        newGuard(GuardConfig.OnShutdown.CLEAR).close();
        assertThat(kernel("a")).isEqualTo(IoLimit.UNLIMITED);
    }
}
