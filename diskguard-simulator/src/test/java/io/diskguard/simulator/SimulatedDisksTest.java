/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.diskguard.model.DeviceId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Each kind of disk shows the files that a real kernel shows. */
class SimulatedDisksTest {
    private static final DeviceId SDA = new DeviceId(8, 0);
    private static final DeviceId SDA1 = new DeviceId(8, 1);
    private static final DeviceId SDB = new DeviceId(8, 16);
    private static final DeviceId TOP = new DeviceId(253, 0);

    private final SimulatedNode node = SimulatedNode.v2();
    private final Path sys = node.environment().paths().sys();
    private final Path dev = node.environment().paths().dev();

    @AfterEach
    void close() {
        node.close();
    }

    @Test
    void aDiskTellsItsSizeAndWhetherItTurns() throws IOException {
        node.addDisk(SimulatedDisk.hardware("sda", SDA));
        node.addDisk(SimulatedDisk.rotating("sdb", SDB));

        assertThat(read("block/sda/size")).isEqualTo("20971520");
        assertThat(read("block/sda/removable")).isEqualTo("0");
        assertThat(read("block/sda/queue/rotational")).isEqualTo("0");
        assertThat(read("block/sdb/queue/rotational")).isEqualTo("1");
    }

    @Test
    void aMapperDevicesUuidTellsWhoMadeIt() throws IOException {
        twoDisks();
        node.addDisk(SimulatedDisk.mapped("dm-0", TOP, "vg-data", List.of("sda1")));
        node.addDisk(SimulatedDisk.crypt("dm-1", new DeviceId(253, 1), "luks-data", "dm-0"));
        node.addDisk(SimulatedDisk.multipath("dm-2", new DeviceId(253, 2), "mpatha", List.of("sdb")));

        assertThat(read("block/dm-0/dm/uuid")).startsWith("LVM-");
        assertThat(read("block/dm-1/dm/uuid")).startsWith("CRYPT-LUKS2-").endsWith("-luks-data");
        assertThat(read("block/dm-2/dm/uuid")).startsWith("mpath-");
        assertThat(read("block/dm-1/slaves/dm-0/dm/name")).isEqualTo("vg-data");
        assertThat(sys.resolve("block/dm-0/holders/dm-1")).exists();
        assertThat(dev.resolve("mapper/luks-data").toRealPath()).isEqualTo(dev.resolve("dm-1"));
        assertThat(dev.resolve("disk/by-id/dm-name-vg-data").toRealPath()).isEqualTo(dev.resolve("dm-0"));
    }

    @Test
    void aRaidTellsItsLevel() throws IOException {
        twoDisks();
        node.addDisk(SimulatedDisk.md("md0", new DeviceId(9, 0), "raid1", List.of("sda1", "sdb")));

        assertThat(read("block/md0/md/level")).isEqualTo("raid1");
        assertThat(read("block/md0/md/raid_disks")).isEqualTo("2");
        assertThat(read("block/md0/slaves/sda1/partition")).isEqualTo("1");
        assertThat(sys.resolve("block/sda/sda1/holders/md0")).exists();
    }

    @Test
    void theHiddenPathsOfAnNvmeHeadHaveNoNumberAndNoNode() throws IOException {
        var head =
                SimulatedDisk.nvmeMultipath("nvme0n1", new DeviceId(259, 0), "S1", List.of("nvme0c0n1", "nvme0c1n1"));
        node.addDisk(head);

        assertThat(read("block/nvme0n1/dev")).isEqualTo("259:0");
        assertThat(read("block/nvme0c1n1/hidden")).isEqualTo("1");
        assertThat(sys.resolve("block/nvme0c1n1").toRealPath().toString()).contains("/nvme1/");
        assertThat(sys.resolve("block/nvme0c1n1/dev")).doesNotExist();
        assertThat(dev.resolve("nvme0c1n1")).doesNotExist();
        assertThat(dev.resolve("disk/by-id/nvme-SIMULATED_S1").toRealPath()).isEqualTo(dev.resolve("nvme0n1"));
    }

    @Test
    void aPartitionHasLinksBesideThoseOfItsDisk() throws IOException {
        node.addDisk(SimulatedDisk.virtio("vda", TOP, "S1").withPartition("vda1", new DeviceId(253, 1)));

        assertThat(dev.resolve("disk/by-id/virtio-S1-part1").toRealPath()).isEqualTo(dev.resolve("vda1"));
        assertThat(dev.resolve("block/253:1").toRealPath()).isEqualTo(dev.resolve("vda1"));

        node.removeDisk("vda");
        assertThat(dev.resolve("disk/by-id")).isEmptyDirectory();
        assertThat(dev.resolve("block")).isEmptyDirectory();
    }

    @Test
    void aLoopDeviceNamesItsFileButNotItsDisk() throws IOException {
        twoDisks();
        node.addDisk(SimulatedDisk.loop("loop0", new DeviceId(7, 0), "/var/lib/disk.img")
                .on("sda1"));

        assertThat(read("block/loop0/loop/backing_file")).isEqualTo("/var/lib/disk.img");
        assertThat(sys.resolve("block/loop0/slaves")).isEmptyDirectory();
    }

    @Test
    void btrfsHasAnAnonymousNumberAndShowsItsMembers() throws IOException {
        twoDisks();
        node.mountBtrfs("/data", "0f3c-uuid", 45, List.of("sda1", "sdb"));

        assertThat(read("fs/btrfs/0f3c-uuid/devices/sda1/dev")).isEqualTo("8:1");
        assertThat(read("fs/btrfs/0f3c-uuid/devices/sdb/dev")).isEqualTo("8:16");
        assertThat(Files.readString(node.environment().paths().proc().resolve("1/mountinfo")))
                .contains(" 0:45 / /data rw,relatime ", " - btrfs /dev/sda1 rw\n");
    }

    @Test
    void aDiskThatIsPulledOutVanishesEverywhereAndMayComeBack() throws IOException {
        twoDisks();
        node.addDisk(SimulatedDisk.mapped("dm-0", TOP, "vg-data", List.of("sdb")));
        node.removeDisk("dm-0");
        node.removeDisk("sda");

        for (var place : List.of("block/sda", "class/block/sda1", "dev/block/8:0", "dev/block/8:1", "block/dm-0")) {
            assertThat(Files.exists(sys.resolve(place), LinkOption.NOFOLLOW_LINKS))
                    .as(place)
                    .isFalse();
        }
        assertThat(dev.resolve("sda1")).doesNotExist();
        assertThat(dev.resolve("mapper/vg-data")).doesNotExist();
        assertThat(sys.resolve("block/sdb/holders")).isEmptyDirectory();

        twoDisksAgain();
        assertThat(read("block/sda/sda1/partition")).isEqualTo("1");
    }

    @Test
    void nothingIsMadeOfWhatIsNotThere() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> node.addDisk(SimulatedDisk.crypt("dm-0", TOP, "luks", "sdz")))
                .withMessageContaining("sdz");
    }

    private void twoDisks() {
        node.addDisk(SimulatedDisk.hardware("sdb", SDB));
        twoDisksAgain();
    }

    private void twoDisksAgain() {
        node.addDisk(SimulatedDisk.hardware("sda", SDA).withPartition("sda1", SDA1));
    }

    private String read(String file) throws IOException {
        return Files.readString(sys.resolve(file)).strip();
    }
}
