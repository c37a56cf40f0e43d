/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.device;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import io.diskguard.device.DiskResolution.Found;
import io.diskguard.device.DiskResolution.Missing;
import io.diskguard.device.DiskResolution.NotApplicable;
import io.diskguard.model.DeviceId;
import io.diskguard.spi.HostPaths;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DeviceResolverTest {
    private final FileSystem fs = Jimfs.newFileSystem(Configuration.unix());
    private final DeviceResolver resolver = new DeviceResolver(HostPaths.in(fs));

    @BeforeEach
    void aNode() throws IOException {
        device("8:0", "sda", "pci/block/sda");
        device("8:1", "sda1", "pci/block/sda/sda1");
        write("/sys/devices/pci/block/sda/sda1/partition", "1");
        device("259:0", "nvme0n1", "nvme/nvme0/nvme0n1");
        device("259:3", "nvme0n1p2", "nvme/nvme0/nvme0n1/nvme0n1p2");
        write("/sys/devices/nvme/nvme0/nvme0n1/nvme0n1p2/partition", "2");
        device("253:0", "dm-0", "virtual/block/dm-0");
        write("/sys/devices/virtual/block/dm-0/dm/name", "vg-data");
        device("7:0", "loop0", "virtual/block/loop0");
        link("/dev/disk/by-id/nvme-SAMSUNG_1", "../../nvme0n1");
        link("/dev/disk/by-id/nvme-SAMSUNG_1-part2", "../../nvme0n1p2");
        write("/proc/1/mountinfo", """
                21 1 8:1 / / rw - ext4 /dev/sda1 rw
                30 21 259:3 / /data rw shared:5 - xfs /dev/nvme0n1p2 rw
                31 21 253:0 / /var/lib/pg\\040one rw - ext4 /dev/mapper/vg-data rw
                32 21 0:40 / /nfs rw - nfs4 server:/export rw
                33 21 0:41 /sub /btr rw - btrfs /dev/nvme0n1p2 rw,subvol=/sub
                34 21 7:0 / /loop rw - ext4 /dev/loop0 rw
                35 21 0:42 / /run rw - tmpfs tmpfs rw
                36 21 0:43 / /over rw - overlay overlay rw
                37 21 0:44 / /dmb rw - btrfs /dev/mapper/vg-data rw
                rubbish
                """);
        Files.createDirectories(fs.getPath("/proc/1/root/srv/app"));
        Files.createDirectories(fs.getPath("/proc/1/root/data/deep"));
        Files.createDirectories(fs.getPath("/proc/1/root/nfs/x"));
        link("/proc/1/root/volume", "/data/deep");
    }

    private Found found(DiskResolution resolution) {
        assertThat(resolution).isInstanceOf(Found.class);
        return (Found) resolution;
    }

    @Test
    void aMountOnAPartitionLeadsToItsDisk() {
        var found = found(resolver.ofMount("/data/"));
        assertThat(found.disks().get(0).id()).isEqualTo(new DeviceId(259, 0));
        assertThat(found.disks().get(0).name()).isEqualTo("nvme0n1");
        assertThat(found.steps()).anySatisfy(step -> assertThat(step).contains("nvme0n1p2 (259:3) is a partition"));
    }

    @Test
    void logicalVolumesAndLoopsAreLimitedAtTheirOwnQueue() {
        assertThat(found(resolver.ofMount("/var/lib/pg one")).disks().get(0).name())
                .isEqualTo("dm-0");
        assertThat(found(resolver.ofMount("/loop")).steps()).last().asString().contains("loop device");
    }

    @Test
    void aDirectoryWhereNothingIsMountedIsNotTakenForTheRootsDisk() {
        assertThat(resolver.ofMount("/srv/app"))
                .isInstanceOfSatisfying(DiskResolution.Missing.class, missing -> assertThat(missing.reason())
                        .contains("directory on the root file system", "name / if its disk is meant"));
    }

    @Test
    void aLinkIsFollowedOnTheHostNotHere() {
        assertThat(found(resolver.ofMount("/volume")).disks().get(0).name()).isEqualTo("nvme0n1");
    }

    @Test
    void anAnonymousDeviceNumberIsResolvedThroughItsSource() {
        assertThat(found(resolver.ofMount("/btr")).disks().get(0).name()).isEqualTo("nvme0n1");
        assertThat(found(resolver.ofMount("/dmb")).disks().get(0).name()).isEqualTo("dm-0");
    }

    @Test
    void whatHasNoBlockDeviceIsNotApplicableAndNamesTheFileSystem() {
        assertThat(resolver.ofMount("/nfs")).isInstanceOfSatisfying(NotApplicable.class, it -> assertThat(it.reason())
                .contains("nfs4 on server:/export"));
        assertThat(resolver.ofMount("/nfs/x")).isInstanceOf(NotApplicable.class);
        assertThat(resolver.ofMount("/run")).isInstanceOf(NotApplicable.class);
        assertThat(resolver.ofMount("/over")).isInstanceOf(NotApplicable.class);
    }

    @Test
    void aMissingMountSaysWhatThereIs() {
        assertThat(resolver.ofMount("/dat")).isInstanceOfSatisfying(Missing.class, it -> assertThat(it.seen())
                .contains("/data (xfs on /dev/nvme0n1p2)"));
        assertThat(resolver.ofMount("relative")).isInstanceOf(Missing.class);
        assertThat(resolver.ofMount("/a\u0000b")).isInstanceOf(Missing.class);
    }

    @Test
    void theUpperOfTwoMountsOnOnePointHolds() throws IOException {
        write("/proc/1/mountinfo", """
                30 21 8:0 / /data rw - xfs /dev/sda rw
                31 21 259:0 / /data rw - xfs /dev/nvme0n1 rw
                """);
        assertThat(found(resolver.ofMount("/data")).disks().get(0).name()).isEqualTo("nvme0n1");
    }

    @Test
    void withoutTheHostsMountsThisProcessOwnAreUsed() throws IOException {
        Files.move(
                fs.getPath("/proc/1/mountinfo"),
                Files.createDirectories(fs.getPath("/proc/self")).resolve("mountinfo"));
        assertThat(found(resolver.ofMount("/data")).steps()).first().asString().contains("/proc/self/mountinfo");
    }

    @Test
    void aDiskIsNamedByKernelNameByIdOrNumber() {
        for (var name : new String[] {
            "nvme0n1", "/dev/nvme0n1", "/dev/disk/by-id/nvme-SAMSUNG_1", "disk/by-id/nvme-SAMSUNG_1", "259:0"
        }) {
            assertThat(found(resolver.ofDevice(name)).disks().get(0).id()).isEqualTo(new DeviceId(259, 0));
        }
        assertThat(found(resolver.ofDevice("/dev/mapper/vg-data"))
                        .disks()
                        .get(0)
                        .name())
                .isEqualTo("dm-0");
    }

    @Test
    void aPartitionIsRefusedAsTheKernelRefusesIt() {
        for (var name : new String[] {"sda1", "8:1", "/dev/sda1"}) {
            assertThat(resolver.ofDevice(name))
                    .isInstanceOfSatisfying(NotApplicable.class, it -> assertThat(it.reason())
                            .contains("is a partition", "name the disk sda"));
        }
    }

    @Test
    void aMissingDiskSaysWhichThereAre() {
        for (var name :
                new String[] {"sdz", "", "..", "/dev/", "/dev//x", "9:9", "99999:1", "a\u0000b", "/dev/disk/by-id/none"
                }) {
            assertThat(resolver.ofDevice(name)).isInstanceOfSatisfying(Missing.class, it -> assertThat(it.seen())
                    .contains("sda", "nvme0n1", "dm-0")
                    .doesNotContain("sda1"));
        }
    }

    private void device(String number, String name, String directory) throws IOException {
        var real = "/sys/devices/" + directory;
        write(real + "/dev", number + "\n");
        write(real + "/uevent", "MAJOR=" + number.split(":")[0] + "\nDEVNAME=" + name + "\n");
        link("/sys/dev/block/" + number, "../../devices/" + directory);
        link("/sys/class/block/" + name, "../../devices/" + directory);
        if (!name.equals("sda1") && !name.equals("nvme0n1p2")) {
            link("/sys/block/" + name, "../devices/" + directory);
        }
    }

    private void write(String path, String text) throws IOException {
        Files.createDirectories(fs.getPath(path).getParent());
        Files.writeString(fs.getPath(path), text);
    }

    private void link(String path, String target) throws IOException {
        Files.createDirectories(fs.getPath(path).getParent());
        Files.createSymbolicLink(fs.getPath(path), fs.getPath(target));
    }
}
