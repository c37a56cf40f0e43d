/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.device;

import static io.diskguard.device.Answers.disks;
import static io.diskguard.device.Answers.steps;
import static io.diskguard.device.Answers.whyMissing;
import static io.diskguard.device.Answers.whyNotApplicable;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** File systems with an anonymous device number: only the source names a disk, and btrfs may be on several. */
class BtrfsTest {
    private final Machine machine = new Machine()
            .disk("sda", "8:0")
            .partition("sda", "sda2", "8:2")
            .disk("sdb", "8:16")
            .partition("sdb", "sdb1", "8:17")
            .disk("sdc", "8:32")
            .mapper("dm-0", "253:0", "luks-c", "CRYPT-LUKS2-c", "sdc");

    private DiskResolution mounted(String type, String source) {
        machine.hostMounts(new Mounts().bind("/data", "0:41", "/sub", type, source, "rw,subvol=/sub"));
        return machine.resolver().ofMount("/data");
    }

    @Test
    void aSubvolumeIsOnEveryDeviceOfItsFileSystem() {
        machine.file("/sys/fs/btrfs/features/raid56", "0")
                .file("/sys/fs/btrfs/other/devices/sdz", "")
                .link("/sys/fs/btrfs/uuid-1/devices/sda2", "/sys/class/block/sda2")
                .link("/sys/fs/btrfs/uuid-1/devices/sdb1", "/sys/class/block/sdb1")
                .link("/sys/fs/btrfs/uuid-1/devices/dm-0", "/sys/class/block/dm-0");
        var answer = mounted("btrfs", "/dev/mapper/luks-c");
        assertThat(disks(answer)).containsExactly("sda", "sdb", "dm-0");
        assertThat(steps(answer))
                .contains("btrfs uuid-1 is on 3 devices: dm-0 (253:0), sda2 (8:2), sdb1 (8:17)")
                .contains("dm-crypt volume luks-c, on sdc");
    }

    @Test
    void whereSysfsDoesNotShowTheFileSystemItsSourceHolds() {
        var answer = mounted("btrfs", "/dev/sda2");
        assertThat(disks(answer)).containsExactly("sda");
        assertThat(steps(answer)).contains("it may have more devices");
    }

    @Test
    void theDiskThatTheKernelCallsRootIsOnItsCommandLine() {
        machine.file("/proc/cmdline", "BOOT_IMAGE=/vmlinuz root=/dev/null root=PARTUUID=12-ab ro quiet")
                .link("/dev/disk/by-partuuid/12-ab", "../../sdb1");
        var answer = mounted("btrfs", "/dev/root");
        assertThat(disks(answer)).containsExactly("sdb");
        assertThat(steps(answer)).contains("the kernel was started with root=PARTUUID=12-ab");
    }

    @Test
    void aRootThatNamesItselfEnds() {
        machine.file("/proc/cmdline", "root=/dev/root").link("/dev/other", "root");
        assertThat(whyMissing(mounted("btrfs", "/dev/root"))).contains("/dev/root");
        machine.file("/proc/cmdline", "root=/dev/other");
        assertThat(whyMissing(mounted("btrfs", "/dev/root"))).contains("/dev/root");
    }

    @Test
    void aTagAsSourceIsFollowed() {
        machine.link("/dev/disk/by-uuid/9a-1", "../../sdb1");
        assertThat(disks(mounted("newfs", "UUID=9a-1"))).containsExactly("sdb");
    }

    @Test
    void aSourceThatIsGoneIsMissingOneThatIsNoDeviceNotApplicable() {
        assertThat(whyMissing(mounted("btrfs", "/dev/sdx"))).contains("/data (btrfs on /dev/sdx) is on /dev/sdx");
        assertThat(whyNotApplicable(mounted("newfs", "key=value"))).contains("its source is none");
        assertThat(whyNotApplicable(mounted("newfs", "something"))).contains("newfs on something", "no block device");
    }
}
