/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.device;

import static io.diskguard.device.Answers.disks;
import static io.diskguard.device.Answers.steps;
import static io.diskguard.device.Answers.whyMissing;
import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.device.DiskResolution.Missing;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From a path on the host to the disk under it. */
class MountedDisksTest {
    private final Machine machine =
            new Machine().disk("sda", "8:0").partition("sda", "sda1", "8:1").disk("sdb", "8:16");

    private DiskResolution ask(Mounts mounts, String path) {
        return machine.hostMounts(mounts).resolver().ofMount(path);
    }

    private static Mounts mounts() {
        return new Mounts().at("/", "8:1", "ext4", "/dev/sda1");
    }

    @ParameterizedTest
    @CsvSource({
        "vda, vda1, 252:0, 252:1",
        "xvda, xvda1, 202:0, 202:1",
        "nvme1n2, nvme1n2p1, 259:10, 259:11",
        "mmcblk0, mmcblk0p1, 179:0, 179:1",
        "nbd3, nbd3p1, 43:48, 43:49",
        "rbd0, rbd0p1, 252:16, 252:17"
    })
    void aMountOnAPartitionLeadsToItsDisk(String disk, String partition, String number, String ofPartition) {
        machine.disk(disk, number).partition(disk, partition, ofPartition);
        var answer = ask(mounts().at("/data", ofPartition, "xfs", "/dev/" + partition), "/data/");
        assertThat(disks(answer)).containsExactly(disk);
        assertThat(steps(answer))
                .contains("/data is a mount in /proc/1/mountinfo", partition + " (" + ofPartition + ") is a partition");
    }

    @Test
    void theBootAreaOfAnEmmcIsADiskOfItsOwn() {
        machine.disk("mmcblk0boot0", "179:8");
        var answer = ask(mounts().at("/boot", "179:8", "ext4", "/dev/mmcblk0boot0"), "/boot");
        assertThat(disks(answer)).containsExactly("mmcblk0boot0");
        assertThat(steps(answer)).contains("boot area of an eMMC");
    }

    @Test
    void aDiskWithALongMinorNumberIsFound() {
        machine.disk("sdqa", "135:1048575");
        assertThat(disks(ask(mounts().at("/data", "135:1048575", "xfs", "/dev/sdqa"), "/data")))
                .containsExactly("sdqa");
    }

    @Test
    void aBindMountIsOnTheDiskOfItsFileSystem() {
        var mounts = mounts().bind("/srv/pg", "8:16", "/volumes/pg", "xfs", "/dev/sdb", "rw");
        assertThat(disks(ask(mounts, "/srv/pg"))).containsExactly("sdb");
    }

    @Test
    void aDirectoryOnAMountBelongsToIt() {
        machine.directory(1, "/data/deep/er");
        var answer = ask(mounts().at("/data", "8:16", "xfs", "/dev/sdb"), "/data//deep/er/");
        assertThat(disks(answer)).containsExactly("sdb");
        assertThat(steps(answer)).contains("/data/deep/er is a directory on the mount /data (xfs on /dev/sdb)");
    }

    @Test
    void aDirectoryWhereNothingIsMountedIsNotTakenForTheRootsDisk() {
        machine.directory(1, "/srv/app");
        assertThat(whyMissing(ask(mounts(), "/srv/app")))
                .contains("directory on the root file system", "name / if its disk is meant");
    }

    @Test
    void aLinkIsFollowedOnTheHostNotHere() {
        machine.directory(1, "/data/deep").link("/proc/1/root/volume", "/data/deep");
        machine.link("/proc/1/root/data/up", "../data/./deep/..");
        var mounts = mounts().at("/data", "8:16", "xfs", "/dev/sdb");
        assertThat(disks(ask(mounts, "/volume"))).containsExactly("sdb");
        assertThat(steps(ask(mounts, "/data/up"))).contains("/data/up leads to /data");
    }

    @Test
    void linksThatLeadInCirclesAreMissing() {
        machine.link("/proc/1/root/a", "/b").link("/proc/1/root/b", "/a");
        assertThat(ask(mounts(), "/a")).isInstanceOf(Missing.class);
    }

    @Test
    void aMissingMountSaysWhichThereAreOnDisks() {
        var answer = ask(mounts().at("/data", "8:16", "xfs", "/dev/sdb").at("/run", "0:20", "tmpfs", "tmpfs"), "/dat");
        assertThat(answer).isInstanceOfSatisfying(Missing.class, it -> assertThat(it.seen())
                .containsExactly("/ (ext4 on /dev/sda1)", "/data (xfs on /dev/sdb)"));
        assertThat(ask(mounts(), "relative")).isInstanceOf(Missing.class);
        assertThat(ask(mounts(), "/a\u0000b")).isInstanceOf(Missing.class);
    }

    @Test
    void aMountWhoseDiskIsGoneIsMissingSoThatItMayComeBack() {
        assertThat(whyMissing(ask(mounts().at("/data", "8:32", "xfs", "/dev/sdc"), "/data")))
                .contains("/data (xfs on /dev/sdc) is on 8:32", "does not show");
    }

    @Test
    void withoutTheHostsMountsThisProcessOwnAreUsed() {
        machine.file(
                "/proc/self/mountinfo",
                mounts().at("/data", "8:16", "xfs", "/dev/sdb").toString());
        var answer = machine.resolver().ofMount("/data");
        assertThat(disks(answer)).containsExactly("sdb");
        assertThat(steps(answer)).contains("/proc/self/mountinfo");
    }

    @Test
    void withoutAnyMountTableItSaysWhichWasLookedFor() {
        assertThat(whyMissing(machine.resolver().ofMount("/data"))).contains("/proc/1/mountinfo");
    }

    @Test
    void oneLookAnswersFromTheMountsOfItsMoment() {
        machine.hostMounts(mounts().at("/data", "8:16", "xfs", "/dev/sdb"));
        var look = machine.resolver().look();
        machine.hostMounts(mounts());
        assertThat(disks(look.ofMount("/data"))).containsExactly("sdb");
        assertThat(machine.resolver().ofMount("/data")).isInstanceOf(Missing.class);
    }
}
