/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.device;

import static io.diskguard.device.Answers.disks;
import static io.diskguard.device.Answers.steps;
import static io.diskguard.device.Answers.whyNotApplicable;
import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.device.DiskResolution.Missing;
import io.diskguard.model.DeviceId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Disks by name: exactly what is named. */
class DeviceResolverTest {
    private final Machine machine = new Machine()
            .disk("sda", "8:0")
            .partition("sda", "sda1", "8:1")
            .disk("nvme0n1", "259:0")
            .partition("nvme0n1", "nvme0n1p2", "259:2")
            .mapper("dm-0", "253:0", "my--vg-data", "LVM-abc", "nvme0n1p2")
            .link("/dev/disk/by-id/nvme-SAMSUNG_1", "../../nvme0n1")
            .link("/dev/disk/by-path/pci-0000:01:00.0-nvme-1", "../../nvme0n1")
            .link("/dev/disk/by-id/nvme-SAMSUNG_1-part2", "../../nvme0n1p2")
            .link("/dev/disk/by-uuid/1234-abcd", "../../dm-0");
    private final DeviceResolver resolver = machine.resolver();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nvme0n1",
                "/dev/nvme0n1",
                "259:0",
                "/dev/disk/by-id/nvme-SAMSUNG_1",
                "disk/by-id/nvme-SAMSUNG_1",
                "/dev/disk/by-path/pci-0000:01:00.0-nvme-1"
            })
    void aDiskIsNamedByKernelNamePathLinkOrNumber(String name) {
        assertThat(disks(resolver.ofDevice(name))).containsExactly("nvme0n1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "dm-0",
                "/dev/mapper/my--vg-data",
                "/dev/my-vg/data",
                "/dev/disk/by-uuid/1234-abcd",
                "UUID=1234-abcd",
                "253:0"
            })
    void aVolumeIsNamedByItsNameInTheMapperOrItsGroup(String name) {
        assertThat(disks(resolver.ofDevice(name))).containsExactly("dm-0");
    }

    @Test
    void theLinkThatWasFollowedIsTold() {
        assertThat(steps(resolver.ofDevice("/dev/disk/by-id/nvme-SAMSUNG_1")))
                .isEqualTo("/dev/disk/by-id/nvme-SAMSUNG_1 leads to nvme0n1\nnvme0n1 (259:0) is a whole disk");
    }

    @Test
    void aLinkOfTheHostIsFollowedWhereThisProcessHasADevOfItsOwn() {
        machine.link("/proc/1/root/dev/disk/by-label/fast", "../../sda");
        machine.link("/proc/1/root/dev/mine", "/dev/disk/by-label/fast");
        assertThat(disks(resolver.ofDevice("/dev/disk/by-label/fast"))).containsExactly("sda");
        assertThat(disks(resolver.ofDevice("/dev/mine"))).containsExactly("sda");
    }

    @Test
    void aNameWithASlashIsFoundAsSysfsWritesIt() {
        machine.disk("cciss/c0d0", "104:0");
        for (var name : new String[] {"cciss/c0d0", "/dev/cciss/c0d0", "104:0"}) {
            assertThat(disks(resolver.ofDevice(name))).containsExactly("cciss/c0d0");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"sda1", "8:1", "/dev/sda1"})
    void aPartitionIsRefusedAsTheKernelRefusesIt(String name) {
        assertThat(whyNotApplicable(resolver.ofDevice(name)))
                .contains("sda1 (8:1) is a partition", "ENODEV", "name the disk sda");
    }

    @Test
    void aLinkToAPartitionIsRefusedToo() {
        assertThat(whyNotApplicable(resolver.ofDevice("/dev/disk/by-id/nvme-SAMSUNG_1-part2")))
                .contains("name the disk nvme0n1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sdz",
                "",
                "..",
                ".",
                "/",
                "/dev/",
                "/dev//x",
                "9:9",
                "99999:1",
                "a\u0000b",
                "/dev/disk/by-id/none",
                "/dev/mapper/none",
                "UUID=none",
                "/dev/root",
                "nvme0c0n1",
                "ALL"
            })
    void aMissingDiskSaysWhichThereAre(String name) {
        assertThat(resolver.ofDevice(name)).isInstanceOfSatisfying(Missing.class, it -> {
            assertThat(it.seen()).containsExactly("dm-0", "nvme0n1", "sda");
            assertThat(it.reason()).contains("no block device \"" + name + "\" in /sys or /dev");
        });
    }

    @Test
    void linksInCirclesAreMissing() {
        machine.link("/dev/one", "other").link("/dev/other", "one");
        assertThat(resolver.ofDevice("/dev/one")).isInstanceOf(Missing.class);
    }

    @Test
    void linksThatLeadOutOfDevAreMissing() {
        machine.link("/dev/top", "/").link("/dev/self", "../dev").link("/dev/file", "/etc/passwd");
        for (var name : new String[] {"/dev/top", "/dev/self", "/dev/file"}) {
            assertThat(resolver.ofDevice(name)).isInstanceOf(Missing.class);
        }
    }

    @Test
    void aDiskThatIsPulledIsGoneAtTheNextQuestion() {
        assertThat(resolver.exists(new DeviceId(8, 0))).isTrue();
        assertThat(disks(resolver.ofDevice("sda"))).containsExactly("sda");
        machine.remove("/sys/dev/block/8:0").remove("/sys/class/block/sda").remove("/sys/block/sda");
        assertThat(resolver.exists(new DeviceId(8, 0))).isFalse();
        assertThat(resolver.ofDevice("sda")).isInstanceOf(Missing.class);
    }
}
