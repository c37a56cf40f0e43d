/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.device;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.device.DiskResolution.Found;
import io.diskguard.device.DiskResolution.Missing;
import io.diskguard.device.DiskResolution.NotApplicable;
import io.diskguard.model.Disk;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What operators rely on, on what real kernels showed ({@code docs/disks.md}). Names of disks are as each kernel gave them. */
class RecordedMachinesTest {
    static List<String> machines() throws IOException {
        return RecordedMachine.names();
    }

    @ParameterizedTest(name = "{0}: {1} is limited at {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            nvme-partitions | /                   | nvme0n1   | nvme0n1p2 (259:4) is a partition, the kernel limits its disk nvme0n1
            nvme-multipath  | /data               | nvme0n1   | nvme0n1 (259:1) is a whole disk, the head of its NVMe paths
            nvme-multipath  | /private            | nvme0n2   | nvme0n2 (259:3) is a whole disk, the head of its NVMe paths
            nvme-partitions | /var/lib/postgresql | nvme1n1   | nvme1n1 (259:1) is a whole disk
            nvme-partitions | /data               | nvme2n1   | nvme2n1p1 (259:8) is a partition, the kernel limits its disk nvme2n1
            nvme-partitions | "/srv/with a space" | nvme2n1   | nvme2n1p2 (259:9) is a partition
            nvme-partitions | /var/lib/pods/a     | nvme2n1   | its file system is on 259:8
            nvme-partitions | /mnt/again          | nvme2n1   | its file system is on 259:8
            nvme-partitions | /data/pods          | nvme2n1   | /data/pods is a directory on the mount /data
            nvme-partitions | /pods               | nvme2n1   | /pods leads to /data/pods
            virtio          | /                   | vda       | vda2 (254:2) is a partition, the kernel limits its disk vda
            virtio          | /data               | vdb       | vdb (254:16) is a whole disk
            virtio          | /part               | vdc       | vdc1 (254:33) is a partition, the kernel limits its disk vdc
            virtio          | /scsi               | sda       | sda (8:0) is a whole disk
            virtio          | /image              | loop0     | loop device of /data/image: limited at its own queue, not at the disk of its file
            virtio          | /image-part         | loop1     | loop1p1 (259:1) is a partition, the kernel limits its disk loop1
            virtio          | /zram               | zram0     | compressed disk in memory
            nbd             | /data               | nbd0      | network block device
            removable       | /                   | sda       | sda2 (8:2) is a partition, the kernel limits its disk sda
            removable       | /data               | sdb       | sdb (8:16) is a whole disk
            removable       | /media/stick        | sdc       | sdc1 (8:33) is a partition, the kernel limits its disk sdc
            removable       | /media/disc         | sr1       | optical drive
            containers      | /var/lib/containerd | nvme0n1   | nvme0n1 (259:1) is a whole disk
            containers      | /run/containerd/io.containerd.runtime.v2.task/k8s.io/3f4d7a1e9b2c8d6f5a0e1b3c7d9f8e6a4b2c0d1e3f5a7b9c8d6e4f2a0b1c3d5e/rootfs | nvme0n1   | the overlay goes to /var/lib/containerd/io.containerd.snapshotter.v1.overlayfs/snapshots/2/fs
            containers      | /run/other/rootfs   | sda       | on the mount /var/lib/other (btrfs on /dev/sda)
            containers      | /run/bound/rootfs   | nvme1n1   | on the mount /srv/snapshots (xfs on /dev/nvme1n1)
            containers      | /var/lib/kubelet/pods/11111111-2222-3333-4444-555555555555/volumes/kubernetes.io~local-volume/pv-1 | nvme1n1   | its file system is on 259:0
            lvm             | /data               | dm-0      | dm-0 (253:0), LVM volume data--vg-linear, on sda: limited at its own queue
            lvm             | /striped            | dm-1      | LVM volume data--vg-striped, on 2 disks: sda, sdc
            lvm             | /mirror             | dm-6      | LVM volume data--vg-mirror, on 4 devices
            lvm             | /thin               | dm-11     | LVM thin volume pool-volume, on dm-9, LVM thin pool pool-thin-tpool
            lvm             | /snapshot           | dm-12     | LVM thin volume pool-snap
            crypt           | /plain              | nvme1n1   | nvme1n1p1 (259:3) is a partition, the kernel limits its disk
            crypt           | /data               | dm-0      | dm-crypt volume luks-data, on nvme1n1p2
            crypt           | /volume             | dm-2      | LVM volume secret-volume, on dm-1, dm-crypt volume luks-lvm, on nvme0n1
            md              | /data               | md127     | md127p1 (259:0) is a partition, the kernel limits its disk md127
            md              | /stripes            | md0       | md array raid0, on 2 partitions: sdc1, sdd1
            md              | /volume             | dm-0      | LVM volume onmd-volume, on md1, md array raid1
            dm-multipath    | /data               | dm-2      | partition by kpartx mpatha-part1, on dm-0, dm-multipath device mpatha
            dm-multipath    | /volume             | dm-4      | LVM volume san-volume, on dm-1, dm-multipath device mpathb, on 2 disks: sdb, sdd
            bcache          | /data               | bcache0   | bcache device, on 2 disks: nvme0n1, sda
            btrfs           | /single             | sda       | its source is /dev/sda
            btrfs           | /subvolume          | sda       | its source is /dev/sda
            btrfs           | /deep               | sda       | its source is /dev/sda
            btrfs           | /part               | nvme0n1   | nvme0n1p2 (259:3) is a partition, the kernel limits its disk
            btrfs           | /data               | sdb sdc   | is on 2 devices: sdb (8:16), sdc (8:32)
            btrfs           | /volumes            | dm-0 dm-1 | /dev/vg/left leads to dm-0
            no-disk         | /over               | nvme1n1   | the overlay goes to /behind/upper
            """)
    void aMountIsLimitedAtTheDisksThatTakeItsIo(String machine, String mount, String disks, String why) {
        var resolution = new DeviceResolver(RecordedMachine.load(machine).paths()).ofMount(mount);
        assertThat(names(resolution)).isEqualTo(disks);
        assertThat(String.join("\n", ((Found) resolution).steps())).contains(why);
    }

    @ParameterizedTest(name = "{0}: {1} is on no disk")
    @CsvSource(delimiter = '|', textBlock = """
            no-disk    | /nfs               | nfs4 on 127.0.0.1:/), it is on the network
            no-disk    | /fuse              | a FUSE program does its IO
            no-disk    | /windows           | fuseblk on /dev/nvme0n1
            no-disk    | /memory            | tmpfs on tmpfs
            containers | /run/memory/rootfs | it is in memory
            containers | /run/readonly      | an overlay without an upper directory
            """)
    void whatHasNoDiskIsNotApplicable(String machine, String mount, String why) {
        assertThat(new DeviceResolver(RecordedMachine.load(machine).paths()).ofMount(mount))
                .isInstanceOfSatisfying(
                        NotApplicable.class, it -> assertThat(it.reason()).contains(why.split(", ")));
    }

    @Test
    void aDirectoryWhereNothingIsMountedIsMissingNotTheRootsDisk() {
        assertThat(new DeviceResolver(RecordedMachine.load("nvme-partitions").paths()).ofMount("/srv/plain"))
                .isInstanceOfSatisfying(
                        Missing.class, it -> assertThat(it.reason()).contains("name / if its disk is meant"));
    }

    @Test
    void aDiskThatVanishedUnderItsMountIsMissing() throws IOException {
        var machine = RecordedMachine.load("removable");
        var resolver = new DeviceResolver(machine.paths());
        for (var gone :
                List.of("dev/block/8:33", "dev/block/8:32", "class/block/sdc1", "class/block/sdc", "block/sdc")) {
            Files.delete(machine.paths().sys().resolve(gone));
        }
        assertThat(resolver.ofMount("/media/stick")).isInstanceOfSatisfying(Missing.class, it -> assertThat(it.reason())
                .contains("8:33", "does not show (any more)"));
        assertThat(names(resolver.ofDevice("all"))).isEqualTo("sda sdb");
        assertThat(names(resolver.ofMount("/data"))).isEqualTo("sdb");
    }

    @ParameterizedTest(name = "{0}: {1} is {2}")
    @CsvSource(delimiter = '|', textBlock = """
            virtio          | /dev/disk/by-id/virtio-DATA  | vdb
            virtio          | loop0                        | loop0
            nvme-multipath  | nvme0c1n1                    | nvme0n1
            nvme-multipath  | /dev/disk/by-id/nvme-QEMU_NVMe_Ctrl_ARRAY_1 | nvme0n1
            nvme-partitions | nvme2n1                      | nvme2n1
            nvme-partitions | /dev/disk/by-id/nvme-QEMU_NVMe_Ctrl_DATA | nvme2n1
            nvme-partitions | /dev/disk/by-id/nvme-QEMU_NVMe_Ctrl_DATA-part1 | none
            nvme-partitions | 259:8                        | none
            removable       | /dev/disk/by-id/usb-QEMU_QEMU_HARDDISK_STICK-0:0 | sdc
            lvm             | /dev/mapper/data--vg-striped | dm-1
            lvm             | /dev/data-vg/striped         | dm-1
            lvm             | 253:11                       | dm-11
            crypt           | /dev/mapper/luks-data        | dm-0
            md              | /dev/md/mirror               | md127
            md              | /dev/md/mirror1              | none
            dm-multipath    | mpatha                       | none
            dm-multipath    | /dev/mapper/mpatha           | dm-0
            dm-multipath    | /dev/disk/by-id/wwn-0x5000c50015ea71a0 | dm-0
            btrfs           | LABEL=pair                   | sdc
            """)
    void aNamedDeviceIsExactlyThatDisk(String machine, String asked, String disk) {
        assertThat(names(new DeviceResolver(RecordedMachine.load(machine).paths()).ofDevice(asked)))
                .isEqualTo(disk);
    }

    /** The same disk has links by id to the multipath device and links to one path, by nothing but the kind of the id. */
    @ParameterizedTest
    @ValueSource(strings = {"sda", "8:0", "/dev/disk/by-id/scsi-0QEMU_QEMU_HARDDISK_LUN0"})
    void aPathOfAMultipathDeviceIsRefusedAsNothingIsChargedThere(String asked) {
        assertThat(new DeviceResolver(RecordedMachine.load("dm-multipath").paths()).ofDevice(asked))
                .isInstanceOfSatisfying(NotApplicable.class, it -> assertThat(it.reason())
                        .contains("sda (8:0) is a path of dm-0 (253:0)", "name that dm-multipath device"));
    }

    @ParameterizedTest(name = "{0}: all is {1}")
    @CsvSource(delimiter = '|', textBlock = """
            bcache          | nvme0n1 sda vda                 | bcache0: made of other devices
            btrfs           | nvme0n1 nvme1n1 sda sdb sdc vda | dm-0, dm-1: made of other devices
            crypt           | nvme0n1 nvme1n1 vda             | dm-0, dm-1, dm-2: made of other devices
            dm-multipath    | dm-0 dm-1 vda                   | sda, sdc: path of dm-0; sdb, sdd: path of dm-1
            lvm             | sda sdb sdc vda                 | dm-0, dm-1, dm-10
            nvme-multipath  | nvme0n1 nvme0n2 vda             | nvme0c0n1, nvme0c0n2, nvme0c1n1: hidden path
            nvme-partitions | nvme0n1 nvme1n1 nvme2n1         | whole disk
            virtio          | sda vda vdb vdc                 | zram0: compressed disk in memory; loop0, loop1
            nbd             | nbd0 vda vdb                    | nbd1: of size 0
            removable       | sda sdb sdc                     | fd0: floppy drive; sr0, sr1: optical drive
            no-disk         | nvme0n1 nvme1n1 vda             | whole disk
            md              | sda sdb sdc sdd vda             | dm-0, md0, md1, md127: made of other devices
            """)
    void allIsEveryDiskThatIsMadeOfNoOther(String machine, String disks, String leftOut) {
        var resolution = new DeviceResolver(RecordedMachine.load(machine).paths()).ofDevice("all");
        assertThat(names(resolution)).isEqualTo(disks);
        assertThat(String.join("\n", ((Found) resolution).steps())).contains(leftOut.split("; "));
    }

    /** The kernel's own answer: {@code io.stat} of a container that wrote and read there. */
    @ParameterizedTest
    @MethodSource("machines")
    void theKernelChargesAContainerOnTheDisksThatAreFound(String name) {
        var machine = RecordedMachine.load(name);
        var resolver = new DeviceResolver(machine.paths());
        assertThat(machine.charges()).isNotEmpty().allSatisfy(charge -> {
            if (resolver.ofMount(charge.path()) instanceof Found found) {
                var limited = found.disks().stream().map(Disk::id).toList();
                // of a file system on several disks a file may be on one of them
                assertThat(charge.read()).containsAnyElementsOf(limited);
                assertThat(charge.written()).containsAnyElementsOf(limited);
            } else {
                assertThat(charge.read()).isEmpty();
                assertThat(charge.written()).isEmpty();
            }
        });
    }

    @ParameterizedTest(name = "{0}: a write below {1} is charged at {2}")
    @CsvSource(delimiter = '|', textBlock = """
            lvm            | /data   | dm-0 sda
            lvm            | /thin   | dm-11 dm-8 dm-9 sdb
            lvm            | /mirror | dm-3 dm-5 dm-6 sda sdc
            crypt          | /volume | dm-1 dm-2 nvme0n1
            md             | /data   | md127 sda sdb
            btrfs          | /data   | sdb sdc
            bcache         | /data   | bcache0 nvme0n1 sda
            dm-multipath   | /data   | dm-0 dm-2
            dm-multipath   | /volume | dm-1 dm-4
            nvme-multipath | /data   | nvme0n1
            virtio         | /image  | loop0
            virtio         | /zram   | zram0
            """)
    void eachLayerIsChargedSeparately(String name, String mount, String disks) {
        var machine = RecordedMachine.load(name);
        var charge = machine.charges().stream()
                .filter(it -> it.path().equals(mount))
                .findFirst()
                .orElseThrow();
        assertThat(machine.nodes().entrySet().stream()
                        .filter(node -> charge.written().contains(node.getValue()))
                        .map(node -> node.getKey().substring("/dev/".length()))
                        .collect(Collectors.joining(" ")))
                .isEqualTo(disks);
    }

    @ParameterizedTest
    @MethodSource("machines")
    void everyNodeLinkAndNumberLeadsToItsDeviceAndAPartitionIsRefused(String name) throws IOException {
        var machine = RecordedMachine.load(name);
        var resolver = new DeviceResolver(machine.paths());
        try (var entries = Files.walk(machine.paths().dev())) {
            for (var entry : entries.filter(Files::isRegularFile).toList()) {
                var node = entry.toRealPath().toString();
                var number = machine.nodes().get(node);
                for (var asked : List.of(entry.toString(), number.toString())) {
                    var resolution = resolver.ofDevice(asked);
                    if (resolution instanceof Found found) {
                        assertThat(found.disks())
                                .as(asked)
                                .containsExactly(new Disk(number, node.substring("/dev/".length())));
                    } else {
                        assertThat(resolution).isInstanceOfSatisfying(NotApplicable.class, it -> assertThat(it.reason())
                                .startsWith(node.substring("/dev/".length()) + " (" + number + ") is a ")
                                .containsAnyOf("is a partition", "is a path"));
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("machines")
    void theHostsDevicesNeedNotBeSeen(String name) throws IOException {
        var machine = RecordedMachine.load(name);
        var resolver = new DeviceResolver(machine.paths());
        var mounts =
                machine.charges().stream().map(RecordedMachine.Charged::path).toList();
        var before =
                mounts.stream().map(mount -> names(resolver.ofMount(mount))).toList();
        Files.move(machine.paths().dev(), machine.files().getPath("/unseen"));
        assertThat(mounts.stream().map(mount -> names(resolver.ofMount(mount)))).isEqualTo(before);
    }

    private static String names(DiskResolution resolution) {
        return resolution instanceof Found found
                ? found.disks().stream().map(Disk::name).sorted().collect(Collectors.joining(" "))
                : "none";
    }
}
