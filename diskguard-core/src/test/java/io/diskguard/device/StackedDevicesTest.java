/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.device;

import static io.diskguard.device.Answers.disks;
import static io.diskguard.device.Answers.steps;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Device mapper, md and loop devices: limited at the topmost, and told apart in words. */
class StackedDevicesTest {
    private final Machine machine = new Machine()
            .disk("sda", "8:0")
            .disk("sdb", "8:16")
            .disk("nvme0n1", "259:0")
            .partition("sda", "sda1", "8:1")
            .partition("sdb", "sdb1", "8:17")
            .partition("nvme0n1", "nvme0n1p2", "259:2");

    private DiskResolution mounted(String number, String source) {
        machine.hostMounts(new Mounts().at("/", "8:1", "ext4", "/dev/sda1").at("/data", number, "xfs", source));
        return machine.resolver().ofMount("/data");
    }

    @Test
    void aLogicalVolumeIsLimitedAtItsOwnQueueAndSaysWhatItIsOn() {
        machine.mapper("dm-3", "253:3", "vg-data", "LVM-abcdef", "nvme0n1p2");
        var answer = mounted("253:3", "/dev/mapper/vg-data");
        assertThat(disks(answer)).containsExactly("dm-3");
        assertThat(steps(answer))
                .endsWith("dm-3 (253:3), LVM volume vg-data, on nvme0n1p2: limited at its own queue, not at the disks"
                        + " below");
    }

    @Test
    void aVolumeOverSeveralDisksNamesThemWhetherStripedOrNot() {
        machine.mapper("dm-0", "253:0", "vg-wide", "LVM-abc", "sda1", "sdb1");
        machine.mapper("dm-1", "253:1", "vg-whole", "LVM-abd", "sdb", "nvme0n1");
        assertThat(steps(mounted("253:0", "/dev/mapper/vg-wide"))).contains("on 2 partitions: sda1, sdb1");
        assertThat(steps(mounted("253:1", "/dev/mapper/vg-whole"))).contains("on 2 disks: nvme0n1, sdb");
    }

    @Test
    void aThinVolumeShowsItsPoolAndTheDisksOfThePool() {
        machine.mapper("dm-0", "253:0", "vg-pool_tmeta", "LVM-a-tmeta", "sda1")
                .mapper("dm-1", "253:1", "vg-pool_tdata", "LVM-a-tdata", "sdb1")
                .mapper("dm-2", "253:2", "vg-pool-tpool", "LVM-a-tpool", "dm-0", "dm-1")
                .mapper("dm-4", "253:4", "vg-thin", "LVM-b", "dm-2");
        var answer = mounted("253:4", "/dev/mapper/vg-thin");
        assertThat(disks(answer)).containsExactly("dm-4");
        assertThat(steps(answer))
                .contains("LVM thin volume vg-thin, on dm-2, LVM thin pool vg-pool-tpool, on 2 devices: "
                        + "dm-0 (LVM volume vg-pool_tmeta, on sda1), dm-1 (LVM volume vg-pool_tdata, on sdb1)");
    }

    @Test
    void anEncryptedVolumeIsLimitedAboveTheEncryption() {
        machine.mapper("dm-0", "253:0", "vg-secret", "LVM-abc", "sda1")
                .mapper("dm-1", "253:1", "luks-1", "CRYPT-LUKS2-1-luks-1", "dm-0");
        var answer = mounted("253:1", "/dev/mapper/luks-1");
        assertThat(disks(answer)).containsExactly("dm-1");
        assertThat(steps(answer)).contains("dm-crypt volume luks-1, on dm-0, LVM volume vg-secret, on sda1");
    }

    @Test
    void aMultipathDeviceIsLimitedNotItsPaths() {
        machine.mapper("dm-0", "253:0", "mpatha", "mpath-3600", "sda", "sdb")
                .mapper("dm-1", "253:1", "mpatha1", "part1-mpath-3600", "dm-0");
        assertThat(steps(mounted("253:0", "/dev/mapper/mpatha")))
                .contains("dm-0 (253:0), dm-multipath device mpatha, on 2 disks: sda, sdb: limited at its own queue");
        var partition = mounted("253:1", "/dev/mapper/mpatha1");
        assertThat(disks(partition)).containsExactly("dm-1");
        assertThat(steps(partition)).contains("partition by kpartx mpatha1, on dm-0, dm-multipath device mpatha");
    }

    @Test
    void anArrayTellsItsLevelAndAPartitionOfItLeadsToTheArray() {
        machine.virtual("md0", "9:0", "sda1", "sdb1").attribute("md0", "md/level", "raid1");
        machine.partition("md0", "md0p1", "259:7");
        var answer = mounted("259:7", "/dev/md0p1");
        assertThat(disks(answer)).containsExactly("md0");
        assertThat(steps(answer))
                .contains("md0p1 (259:7) is a partition, the kernel limits its disk md0 (9:0)")
                .contains("md0 (9:0), md array raid1, on 2 partitions: sda1, sdb1: limited at its own queue");
    }

    @Test
    void aVolumeOnAPartitionOfAnArraySaysSo() {
        machine.virtual("md0", "9:0", "sda", "sdb")
                .attribute("md0", "md/level", "raid0")
                .partition("md0", "md0p1", "259:7")
                .mapper("dm-0", "253:0", "vg-data", "LVM-abc", "md0p1");
        assertThat(steps(mounted("253:0", "/dev/mapper/vg-data")))
                .contains("vg-data, on md0p1, partition of md0, md array raid0, on 2 disks: sda, sdb");
    }

    @Test
    void aLoopDeviceNamesItsFile() {
        machine.virtual("loop7", "7:7").attribute("loop7", "loop/backing_file", "/srv/disk.img");
        var answer = mounted("7:7", "/dev/loop7");
        assertThat(disks(answer)).containsExactly("loop7");
        assertThat(steps(answer))
                .endsWith("loop7 (7:7), loop device of /srv/disk.img: limited at its own queue, not at the disk of its"
                        + " file");
    }

    @Test
    void devicesThatClaimToBeMadeOfEachOtherDoNotHangIt() {
        machine.virtual("dm-0", "253:0").virtual("dm-1", "253:1", "dm-0");
        machine.link("/sys/devices/virtual/block/dm-0/slaves/dm-1", "/sys/devices/virtual/block/dm-1");
        assertThat(disks(mounted("253:0", "/dev/dm-0"))).containsExactly("dm-0");
    }
}
