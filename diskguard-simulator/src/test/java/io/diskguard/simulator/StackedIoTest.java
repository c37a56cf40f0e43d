/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.model.Container;
import io.diskguard.model.ContainerId;
import io.diskguard.model.ContainerKind;
import io.diskguard.model.DeviceId;
import io.diskguard.model.Pod;
import io.diskguard.model.QosClass;
import io.diskguard.spi.ReadBuffer;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An IO on a stacked disk is counted at each layer, and a limit on either holds: measured with LVM on 6.1 and 6.12. */
class StackedIoTest {
    private static final DeviceId SDA = new DeviceId(8, 0);
    private static final DeviceId SDB = new DeviceId(8, 16);
    private static final DeviceId LV = new DeviceId(253, 0);
    private static final DeviceId MD = new DeviceId(9, 0);
    private static final ContainerId APP = new ContainerId("containerd", "aaa");

    private final SimulatedNode node = SimulatedNode.v2();

    @BeforeEach
    void start() {
        node.addDisk(SimulatedDisk.hardware("sda", SDA).withPartition("sda1", new DeviceId(8, 1)));
        node.addDisk(SimulatedDisk.hardware("sdb", SDB));
        node.addDisk(SimulatedDisk.mapped("dm-0", LV, "vg-data", List.of("sda1")));
        var app = new Container("app", "busybox", ContainerKind.MAIN, Optional.of(APP));
        node.addPod(new Pod("u1", "default", "web", QosClass.BURSTABLE, Map.of(), Map.of(), List.of(app)));
    }

    @AfterEach
    void close() {
        node.close();
    }

    @Test
    void anIoOfALogicalVolumeIsCountedOnTheVolumeAndOnTheDisk() throws IOException {
        node.load(APP, Load.writing(LV, 100, 4096));

        node.advance(Duration.ofSeconds(10));

        assertThat(stat()).contains("8:0 rbytes=0 wbytes=4096000 rios=0 wios=1000", "253:0 rbytes=0 wbytes=4096000");
        assertThat(diskstats())
                .contains("   8       0 sda 0 0 0 0 1000 0 8000 100 ", " 253       0 dm-0 0 0 0 0 1000 0 8000 ");
    }

    @Test
    void aLimitOfTheVolumeHolds() {
        limit("253:0 wiops=20");

        assertThat(wrote(LV)).contains("8:0 rbytes=0 wbytes=819200 rios=0 wios=200 ", "253:0 rbytes=0 wbytes=819200 ");
    }

    @Test
    void aLimitOfTheDiskBelowHoldsToo() {
        limit("253:0 wiops=50");
        limit("8:0 wiops=10");

        assertThat(wrote(LV)).contains("8:0 rbytes=0 wbytes=409600 rios=0 wios=100 ", "253:0 rbytes=0 wbytes=409600 ");
    }

    @Test
    void onRaid1EachWriteGoesToBothDisks() {
        node.addDisk(SimulatedDisk.md("md0", MD, "raid1", List.of("sda", "sdb")));

        assertThat(wrote(MD)).contains("8:0 rbytes=0 wbytes=4096000 ", "8:16 rbytes=0 wbytes=4096000 ", "9:0 ");
    }

    @Test
    void onRaid0EachDiskGetsItsPart() {
        node.addDisk(SimulatedDisk.md("md0", MD, "raid0", List.of("sda", "sdb")));
        limit("8:16 wiops=10");

        assertThat(wrote(MD))
                .contains("8:0 rbytes=0 wbytes=409600 ", "8:16 rbytes=0 wbytes=409600 ", "9:0 rbytes=0 wbytes=819200 ");
    }

    @Test
    void aLoopDevicesIoIsCountedOnTheDiskOfItsFile() {
        var loop = new DeviceId(7, 0);
        node.addDisk(SimulatedDisk.loop("loop0", loop, "/var/disk.img").on("sdb"));

        assertThat(wrote(loop)).contains("7:0 rbytes=0 wbytes=4096000 ", "8:16 rbytes=0 wbytes=4096000 ");
    }

    @Test
    void anIoOnAPartitionIsCountedOnItsDisk() {
        assertThat(wrote(new DeviceId(8, 1)))
                .isEqualTo("8:0 rbytes=0 wbytes=4096000 rios=0 wios=1000 dbytes=0 dios=0\n");
    }

    @Test
    void nothingIsDoneOnADiskThatWasPulledOut() {
        node.removeDisk("sdb");

        assertThat(wrote(SDB)).isEmpty();
    }

    private String wrote(DeviceId disk) {
        node.load(APP, Load.writing(disk, 100, 4096));
        node.advance(Duration.ofSeconds(10));
        return stat();
    }

    private void limit(String line) {
        assertThat(node.cgroups()
                        .write(node.cgroupOf(APP).orElseThrow(), "io.max", line)
                        .isOk())
                .isTrue();
    }

    private String stat() {
        var buffer = new ReadBuffer();
        node.cgroups().read(node.cgroupOf(APP).orElseThrow(), "io.stat", buffer);
        return buffer.text();
    }

    private String diskstats() throws IOException {
        return Files.readString(node.environment().paths().proc().resolve("diskstats"));
    }
}
