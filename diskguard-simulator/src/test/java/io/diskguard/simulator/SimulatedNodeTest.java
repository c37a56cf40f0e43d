/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.model.CgroupPath;
import io.diskguard.model.Container;
import io.diskguard.model.ContainerId;
import io.diskguard.model.ContainerKind;
import io.diskguard.model.DeviceId;
import io.diskguard.model.Pod;
import io.diskguard.model.QosClass;
import io.diskguard.spi.FsResult;
import io.diskguard.spi.PodSource.Snapshot.Synced;
import io.diskguard.spi.ReadBuffer;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SimulatedNodeTest {
    private static final DeviceId SDA = new DeviceId(8, 0);
    private static final DeviceId SDA1 = new DeviceId(8, 1);
    private static final ContainerId APP = new ContainerId("containerd", "aaa");
    private static final ContainerId SIDE = new ContainerId("containerd", "bbb");
    private static final Pod POD = pod(APP, SIDE);
    private static final CgroupPath POD_CGROUP = new CgroupPath("/kubepods/burstable/podu1");

    @Test
    void aDiskAndItsPartitionAreFoundWhereSysfsHasThem() throws IOException {
        try (var node = SimulatedNode.v2()) {
            node.addDisk(SimulatedDisk.hardware("sda", SDA).withPartition("sda1", SDA1));
            node.mount(SimulatedMount.of("/data", SDA1, "ext4", "/dev/sda1"));

            var paths = node.environment().paths();
            var partition = paths.sys().resolve("dev/block/8:1");
            assertThat(Files.readString(partition.resolve("partition"))).isEqualTo("1\n");
            assertThat(Files.readString(partition.toRealPath().getParent().resolve("dev")))
                    .isEqualTo("8:0\n");
            assertThat(Files.readString(paths.sys().resolve("block/sda/dev"))).isEqualTo("8:0\n");
            assertThat(Files.readString(paths.proc().resolve("1/mountinfo")))
                    .contains(" 8:1 / /data rw,relatime ", " - ext4 /dev/sda1 rw\n", " - cgroup2 cgroup2 rw\n")
                    .isEqualTo(Files.readString(paths.proc().resolve("self/mountinfo")));
        }
    }

    @Test
    void aLogicalVolumeKnowsWhatItIsMadeOf() throws IOException {
        try (var node = SimulatedNode.v1()) {
            node.addDisk(SimulatedDisk.hardware("sda", SDA).withPartition("sda1", SDA1));
            node.addDisk(SimulatedDisk.mapped("dm-0", new DeviceId(253, 0), "vg-data", List.of("sda1")));

            var sys = node.environment().paths().sys();
            assertThat(Files.readString(sys.resolve("block/dm-0/slaves/sda1/dev")))
                    .isEqualTo("8:1\n");
            assertThat(Files.readString(sys.resolve("block/dm-0/dm/name"))).isEqualTo("vg-data\n");
            assertThat(Files.exists(sys.resolve("block/sda/sda1/holders/dm-0"))).isTrue();
        }
    }

    @Test
    void aPodGetsCgroupsAsTheKubeletMakesThemAndLosesThem() {
        try (var node = SimulatedNode.v2()) {
            var changes = new ArrayList<String>();
            node.pods().onChange(changes::add);

            node.addPod(POD);
            assertThat(node.pods().snapshot()).isEqualTo(new Synced(List.of(POD)));
            assertThat(node.cgroups().children(POD_CGROUP)).containsExactly("aaa", "bbb");
            assertThat(node.cgroupOf(APP)).contains(POD_CGROUP.child("aaa"));
            assertThat(node.cgroups().exists(POD_CGROUP.child("aaa"), "io.max")).isTrue();

            node.changePod(pod(APP));
            assertThat(node.cgroups().children(POD_CGROUP)).containsExactly("aaa");

            node.removePod("u1");
            assertThat(node.cgroups().exists(POD_CGROUP)).isFalse();
            assertThat(node.pods().snapshot()).isEqualTo(new Synced(List.of()));
            assertThat(changes).containsExactly("u1", "u1", "u1");
        }
    }

    @Test
    void loadIsCountedAsFarAsTheLimitAllows() {
        try (var node = loaded(SimulatedNode.v2())) {
            write(node, POD_CGROUP.child("aaa"), "io.max", "8:0 wiops=100");

            node.advance(Duration.ofSeconds(10));

            assertThat(read(node, POD_CGROUP.child("aaa"), "io.stat"))
                    .isEqualTo("8:0 rbytes=0 wbytes=4096000 rios=0 wios=1000 dbytes=0 dios=0\n");
            assertThat(read(node, POD_CGROUP.child("bbb"), "io.stat")).contains("wios=10000 ");
            assertThat(read(node, POD_CGROUP, "io.stat")).contains("wios=11000 ");
            assertThat(node.clock().instant()).isEqualTo(ManualClock.START.plusSeconds(10));
        }
    }

    @Test
    void aBytesLimitSlowsOperationsToo() {
        try (var node = loaded(SimulatedNode.v2())) {
            write(node, POD_CGROUP.child("aaa"), "io.max", "8:0 wbps=409600");

            node.advance(Duration.ofSeconds(10));

            assertThat(read(node, POD_CGROUP.child("aaa"), "io.stat")).contains("wbytes=4096000 ", "wios=1000 ");
        }
    }

    @Test
    void onV2AllContainersShareTheirPodsLimit() {
        try (var node = loaded(SimulatedNode.v2())) {
            write(node, POD_CGROUP, "io.max", "8:0 wiops=300");

            node.advance(Duration.ofSeconds(10));

            assertThat(read(node, POD_CGROUP, "io.stat")).contains("wios=3000 ");
        }
    }

    @Test
    void onV1APodsLimitDoesNotBindItsContainers() {
        try (var node = loaded(SimulatedNode.v1())) {
            write(node, POD_CGROUP, "blkio.throttle.write_iops_device", "8:0 300");

            node.advance(Duration.ofSeconds(10));

            assertThat(read(node, POD_CGROUP.child("aaa"), "blkio.throttle.io_serviced"))
                    .contains("8:0 Write 10000\n");
        }
    }

    @Test
    void anIdleLoadDoesNothing() {
        try (var node = loaded(SimulatedNode.v2())) {
            node.load(APP, Load.idle(SDA));

            node.advance(Duration.ofSeconds(10));

            assertThat(read(node, POD_CGROUP.child("aaa"), "io.stat")).contains("wios=0 ");
        }
    }

    private static SimulatedNode loaded(SimulatedNode node) {
        node.addDisk(SimulatedDisk.hardware("sda", SDA));
        node.addPod(POD);
        node.load(APP, Load.writing(SDA, 1000, 4096));
        node.load(SIDE, Load.writing(SDA, 1000, 4096));
        return node;
    }

    private static Pod pod(ContainerId... ids) {
        var containers = List.of(ids).stream()
                .map(id -> new Container(id.id(), "busybox", ContainerKind.MAIN, Optional.of(id)))
                .toList();
        return new Pod("u1", "default", "web", QosClass.BURSTABLE, Map.of(), Map.of(), containers);
    }

    private static void write(SimulatedNode node, CgroupPath cgroup, String file, String line) {
        assertThat(node.cgroups().write(cgroup, file, line)).isEqualTo(FsResult.OK);
    }

    private static String read(SimulatedNode node, CgroupPath cgroup, String file) {
        var buffer = new ReadBuffer();
        assertThat(node.cgroups().read(cgroup, file, buffer)).isEqualTo(FsResult.OK);
        return buffer.text();
    }
}
