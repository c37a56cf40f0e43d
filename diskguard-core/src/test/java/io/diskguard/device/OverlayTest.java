/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.device;

import static io.diskguard.device.Answers.disks;
import static io.diskguard.device.Answers.steps;
import static io.diskguard.device.Answers.whyMissing;
import static io.diskguard.device.Answers.whyNotApplicable;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** An overlay writes to its upper directory, whatever its lower ones are. */
class OverlayTest {
    private final Machine machine =
            new Machine().disk("sda", "8:0").disk("sdb", "8:16").directory(1, "/");

    private DiskResolution overlay(String options) {
        machine.hostMounts(new Mounts()
                .at("/", "8:0", "ext4", "/dev/sda")
                .at("/var/lib/docker", "8:16", "xfs", "/dev/sdb")
                .at("/var/lib/docker/a,b:c=d", "8:0", "xfs", "/dev/sda")
                .at("/nfs", "0:70", "nfs4", "server:/export")
                .at("/stacked", "0:71", "overlay", "overlay", "rw,lowerdir=/,upperdir=/nfs/u,workdir=/nfs/w")
                .at("/var/lib/docker/overlay2/9f/merged", "0:50", "overlay", "overlay", options));
        return machine.resolver().ofMount("/var/lib/docker/overlay2/9f/merged");
    }

    @Test
    void itIsOnTheDiskOfItsUpperDirectory() {
        var answer = overlay("rw,lowerdir=/nfs/l1:/nfs/l2,upperdir=/var/lib/docker/up,workdir=/nfs/w,xino=off");
        assertThat(disks(answer)).containsExactly("sdb");
        assertThat(steps(answer))
                .contains("goes to /var/lib/docker/up, on the mount /var/lib/docker (xfs on /dev/sdb)");
    }

    @Test
    void separatorsInItsNameAreUnescaped() {
        // as kernels print what was mounted with upperdir=/…/a,b:c=d, and with the comma and colon escaped by
        // backslashes
        for (var name : new String[] {"a\\054b:c\\075d", "a\\054b\\072c\\075d", "a\\134\\054b\\134:c\\075d"}) {
            assertThat(disks(overlay("rw,lowerdir=/l,upperdir=/var/lib/docker/" + name + "/up,workdir=/w")))
                    .as(name)
                    .containsExactly("sda");
        }
    }

    @Test
    void aLinkInItsPathIsFollowedOnTheHost() {
        machine.link("/proc/1/root/srv", "/var/lib/docker").directory(1, "/var/lib/docker/up");
        assertThat(disks(overlay("rw,lowerdir=/l,upperdir=/srv/up,workdir=/w"))).containsExactly("sdb");
    }

    @Test
    void aRelativeUpperDirectoryIsBesideItsMountPoint() {
        assertThat(disks(overlay("rw,lowerdir=l/A:l/B,upperdir=9f/diff,workdir=9f/work")))
                .containsExactly("sdb");
    }

    @Test
    void oneWithoutAnUpperDirectoryIsReadOnly() {
        assertThat(whyNotApplicable(overlay("ro,lowerdir=/a:/b"))).contains("without an upper directory");
        assertThat(whyNotApplicable(overlay("ro,lowerdir=/a\\054upperdir=/b"))).contains("without an upper directory");
    }

    @Test
    void oneOverANetworkFileSystemSaysSoThroughAllLayers() {
        assertThat(whyNotApplicable(overlay("rw,lowerdir=/l,upperdir=/stacked/u,workdir=/w")))
                .contains("writes to /stacked/u", "writes to /nfs/u", "nfs4", "on the network");
    }

    @Test
    void oneOverItselfEnds() {
        assertThat(whyMissing(overlay("rw,lowerdir=/l,upperdir=/var/lib/docker/overlay2/9f/merged/u,workdir=/w")))
                .contains("on no mount of the host");
    }
}
