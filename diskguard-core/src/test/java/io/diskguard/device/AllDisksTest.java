/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.device;

import static io.diskguard.device.Answers.disks;
import static io.diskguard.device.Answers.steps;
import static io.diskguard.device.Answers.whyMissing;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** {@code all}: every disk that is made of no other. */
class AllDisksTest {
    private final Machine machine = new Machine();

    private DiskResolution all() {
        return machine.resolver().ofDevice("all");
    }

    @Test
    void whateverIsOnThemDisksAreTakenAndNotWhatIsMadeOfThem() {
        machine.disk("sda", "8:0")
                .partition("sda", "sda1", "8:1")
                .disk("sdb", "8:16")
                .disk("vda", "252:0")
                .virtual("md0", "9:0", "sda1", "sdb")
                .mapper("dm-0", "253:0", "vg-data", "LVM-abc", "md0")
                .mapper("dm-1", "253:1", "luks", "CRYPT-LUKS2-x", "dm-0");
        assertThat(disks(all())).containsExactly("sda", "sdb", "vda");
        assertThat(steps(all()))
                .contains("sda (8:0) is a whole disk")
                .contains("left out: dm-0, dm-1, md0: made of other devices");
    }

    @Test
    void loopsMemoryAndDrivesForMediaAreLeftOut() {
        machine.disk("nvme0n1", "259:0").virtual("ram0", "1:0").virtual("zram0", "252:0");
        machine.disk("sr0", "11:0").disk("fd0", "2:0");
        for (var i = 0; i < 20; i++) {
            machine.virtual("loop" + i, "7:" + i);
        }
        assertThat(disks(all())).containsExactly("nvme0n1");
        assertThat(steps(all()))
                .contains(
                        "left out: loop0, loop1, loop10, loop11, loop12, loop13, loop14, loop15 and 12 more: loop device")
                .contains("left out: ram0: disk in memory", "left out: zram0: compressed disk in memory")
                .contains("left out: sr0: optical drive", "left out: fd0: floppy drive");
    }

    @Test
    void devicesWithoutASizeAreLeftOut() {
        machine.disk("sda", "8:0").virtual("nbd0", "43:0").attribute("nbd0", "size", "0");
        machine.virtual("nbd1", "43:16").disk("sdc", "8:32").attribute("sdc", "size", "0");
        assertThat(disks(all())).containsExactly("sda", "nbd1");
        assertThat(steps(all())).contains("left out: nbd0, sdc: of size 0");
    }

    @Test
    void anNvmeHeadIsTakenItsPathsAreNot() {
        machine.nvmeHead("nvme0n1", "259:1", "nvme0c0n1", "nvme0c1n1");
        assertThat(disks(all())).containsExactly("nvme0n1");
        assertThat(steps(all())).contains("left out: nvme0c0n1, nvme0c1n1: hidden path of an NVMe head");
    }

    @Test
    void aMultipathDeviceStandsForItsPaths() {
        machine.disk("sda", "8:0")
                .disk("sdb", "8:16")
                .disk("sdc", "8:32")
                .mapper("dm-0", "253:0", "mpatha", "mpath-3600", "sda", "sdb")
                .mapper("dm-1", "253:1", "mpatha1", "part1-mpath-3600", "dm-0")
                .mapper("dm-2", "253:2", "vg-data", "LVM-abc", "dm-1");
        assertThat(disks(all())).containsExactly("sdc", "dm-0");
        assertThat(steps(all()))
                .contains("dm-multipath device mpatha, on 2 disks: sda, sdb: stands for its paths")
                .contains("left out: sda, sdb: path of dm-0 (253:0)")
                .contains("left out: dm-1, dm-2: made of other devices");
    }

    @Test
    void aNodeWithoutADiskOfItsOwnSaysWhatItHas() {
        machine.virtual("loop0", "7:0");
        assertThat(whyMissing(all())).contains("no disk in /sys/block", "left out: loop0: loop device");
        assertThat(whyMissing(new Machine().resolver().ofDevice("all"))).contains("no disk in /sys/block");
    }
}
