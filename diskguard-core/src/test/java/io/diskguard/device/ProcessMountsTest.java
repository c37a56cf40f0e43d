/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.device;

import static io.diskguard.device.Answers.names;
import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.model.CgroupPath;
import io.diskguard.model.Container;
import io.diskguard.model.ContainerKind;
import io.diskguard.model.MountRef;
import io.diskguard.model.Pod;
import io.diskguard.model.QosClass;
import io.diskguard.spi.ContainerDisks.Place.Rootfs;
import io.diskguard.spi.ContainerDisks.Place.Volume;
import io.diskguard.spi.ContainerDisks.Places;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The disks of a container's volumes and root file system, seen through one of its processes. */
class ProcessMountsTest {
    private static final CgroupPath CGROUP = new CgroupPath("/kubepods/pod1/c1");
    private static final String OVERLAY = "rw,lowerdir=/l,upperdir=/var/lib/containerd/snapshots/7/fs,workdir=/w";

    private final ProcessList cgroups = new ProcessList();
    private final Machine machine = new Machine()
            .disk("sda", "8:0")
            .disk("sdb", "8:16")
            .disk("sdc", "8:32")
            .partition("sdc", "sdc1", "8:33")
            .hostMounts(new Mounts()
                    .at("/", "8:0", "ext4", "/dev/sda")
                    .at("/var/lib/containerd", "8:16", "xfs", "/dev/sdb"));

    private Places ask(MountRef... mounts) {
        var container = new Container("c", "image", ContainerKind.MAIN, Optional.empty(), List.of(mounts));
        var pod = new Pod("u", "n", "p", QosClass.BURSTABLE, Map.of(), Map.of(), List.of(container));
        return new ProcessMounts(machine.paths(), cgroups).of(pod, container, CGROUP);
    }

    private List<?> places(MountRef... mounts) {
        var answer = ask(mounts);
        assertThat(answer).isInstanceOf(Places.Known.class);
        return ((Places.Known) answer).places();
    }

    private Volume volume(MountRef mount) {
        return (Volume) places(mount).get(0);
    }

    private Rootfs rootfs() {
        return (Rootfs) places().get(0);
    }

    private String whyUnknown() {
        var answer = ask();
        assertThat(answer).isInstanceOf(Places.Unknown.class);
        return ((Places.Unknown) answer).reason();
    }

    private static MountRef mount(String path) {
        return new MountRef("data", path, false);
    }

    private static Mounts container() {
        return new Mounts().at("/", "0:60", "overlay", "overlay", OVERLAY);
    }

    @Test
    void aVolumeIsOnTheDiskOfItsMountInTheContainer() {
        cgroups.put(CGROUP, 42);
        machine.mounts(42, container().at("/data", "8:33", "xfs", "/dev/sdc1"));
        var volume = volume(mount("/data/"));
        assertThat(volume.name()).isEqualTo("data");
        assertThat(names(volume.disks())).containsExactly("sdc");
        assertThat(volume.steps()).first().isEqualTo("the mount /data (xfs on /dev/sdc1)");
        assertThat(volume.steps()).last().isEqualTo("sdc (8:32) is a whole disk");
    }

    @Test
    void theRootFileSystemIsWhereTheHostHasTheUpperDirectory() {
        cgroups.put(CGROUP, 42);
        // the container mounts something of its own at the path that the upper directory has on the host
        machine.mounts(42, container().at("/var/lib/containerd", "8:33", "xfs", "/dev/sdc1"));
        assertThat(names(rootfs().disks())).containsExactly("sdb");
    }

    @Test
    void aSubPathIsOnItsVolumeAndAPathBelowAMountOnThat() {
        cgroups.put(CGROUP, 42);
        machine.mounts(
                42,
                container()
                        .bind("/conf/app.yaml", "8:33", "/pods/u/sub/app.yaml", "xfs", "/dev/sdc1", "rw")
                        .at("/data", "8:16", "xfs", "/dev/sdb"));
        assertThat(names(volume(mount("/conf/app.yaml")).disks())).containsExactly("sdc");
        assertThat(names(volume(mount("/data/deep/er")).disks())).containsExactly("sdb");
    }

    @Test
    void aLinkOfTheImageIsFollowedAsTheRuntimeDid() {
        cgroups.put(CGROUP, 42);
        machine.mounts(42, container().at("/run/pg", "8:33", "xfs", "/dev/sdc1"))
                .directory(42, "/run/pg")
                .directory(42, "/var")
                .link("/proc/42/root/var/run", "/run");
        var volume = volume(mount("/var/run/pg"));
        assertThat(names(volume.disks())).containsExactly("sdc");
        assertThat(volume.steps()).contains("/var/run/pg leads to /run/pg in the container");
    }

    @Test
    void noFileSystemThatATenantMayBringAlongIsLookedInto() {
        // a server of the tenant's own that stops to answer would hold up whoever looks, for ever
        cgroups.put(CGROUP, 42);
        machine.mounts(
                        42,
                        container().at("/share", "0:70", "nfs4", "server:/x").at("/data", "8:33", "xfs", "/dev/sdc1"))
                .directory(42, "/share")
                .directory(42, "/data")
                .link("/proc/42/root/work", "/share/now")
                .link("/proc/42/root/share/now", "/data");
        var volume = volume(mount("/work"));
        assertThat(volume.disks()).isEmpty();
        assertThat(volume.steps()).contains("/work leads to /share/now in the container");
    }

    @Test
    void aDirectoryOfTheHostThatATenantMayBringAlongIsNotLookedInto() {
        cgroups.put(CGROUP, 42);
        machine.hostMounts(new Mounts()
                        .at("/", "8:0", "ext4", "/dev/sda")
                        .at("/pods/nfs", "0:70", "nfs4", "server:/x")
                        .at("/var/lib/containerd", "8:16", "xfs", "/dev/sdb"))
                .directory(1, "/pods/nfs")
                .directory(1, "/var/lib/containerd")
                .link("/proc/1/root/pods/nfs/upper", "/var/lib/containerd");
        machine.mounts(42, new Mounts().at("/", "0:60", "overlay", "overlay", "rw,upperdir=/pods/nfs/upper"));
        assertThat(rootfs().disks()).isEmpty();
    }

    @Test
    void whileTheHostsMountsCannotBeReadNothingIsKnown() {
        cgroups.put(CGROUP, 42);
        machine.mounts(42, container()).remove("/proc/1/mountinfo");
        assertThat(whyUnknown()).contains("the host's mounts");
    }

    @Test
    void aVolumeThatIsNotMountedIsNotTakenForTheRootFileSystem() {
        cgroups.put(CGROUP, 42);
        machine.mounts(42, container());
        var volume = volume(mount("/data"));
        assertThat(volume.disks()).isEmpty();
        assertThat(volume.steps()).containsExactly("nothing is mounted at /data in /proc/42/mountinfo");
    }

    @Test
    void aVolumeWithoutADiskSaysWhy() {
        cgroups.put(CGROUP, 42);
        machine.mounts(42, container().at("/data", "0:70", "nfs4", "server:/x"));
        var volume = volume(mount("/data"));
        assertThat(volume.disks()).isEmpty();
        assertThat(volume.steps()).last().asString().contains("nfs4 on server:/x", "on the network");
    }

    @Test
    void aProcessThatVanishedIsPassedOverForTheNext() {
        cgroups.put(CGROUP, 0, 41, 42);
        machine.file("/proc/43/mountinfo", "").mounts(42, container().at("/data", "8:33", "xfs", "/dev/sdc1"));
        assertThat(names(volume(mount("/data")).disks())).containsExactly("sdc");
    }

    @Test
    void aProcessThatStillSeesTheHostsRootIsPassedOver() {
        cgroups.put(CGROUP, 41);
        machine.mounts(41, new Mounts().at("/", "8:0", "ext4", "/dev/sda"));
        assertThat(whyUnknown()).contains("none of its processes [41] has mounts of its own");
        cgroups.put(CGROUP, 41, 42);
        machine.mounts(42, new Mounts().bind("/", "8:0", "/snapshots/3/fs", "ext4", "/dev/sda", "rw"));
        assertThat(names(rootfs().disks())).containsExactly("sda");
    }

    @Test
    void processesInCgroupsBelowCountWhereTheContainersOwnHasNone() {
        cgroups.put(CGROUP);
        cgroups.put(CGROUP.child("container").child("init.scope"), 42);
        machine.mounts(42, container());
        assertThat(names(rootfs().disks())).containsExactly("sdb");
    }

    @Test
    void withoutAProcessNothingIsKnown() {
        assertThat(whyUnknown()).contains(CGROUP.value(), "cannot be read", "ENOENT");
        cgroups.put(CGROUP);
        assertThat(whyUnknown()).contains(CGROUP.value(), "it has no process that can be seen");
        cgroups.put(CGROUP, 0, 0);
        assertThat(whyUnknown()).contains("pid namespace");
    }
}
