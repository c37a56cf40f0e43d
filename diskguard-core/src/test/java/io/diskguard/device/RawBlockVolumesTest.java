/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.device;

import static io.diskguard.device.Answers.names;
import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.model.CgroupPath;
import io.diskguard.model.Container;
import io.diskguard.model.ContainerId;
import io.diskguard.model.ContainerKind;
import io.diskguard.model.DeviceId;
import io.diskguard.model.MountRef;
import io.diskguard.model.Pod;
import io.diskguard.model.QosClass;
import io.diskguard.spi.ContainerDisks.Place;
import io.diskguard.spi.ContainerDisks.Places;
import io.diskguard.spi.RuntimeResolver.BlockNode;
import io.diskguard.spi.RuntimeResolver.Resolution;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Raw block volumes are in no mount table: the runtime knows them, else the kubelet's directories may. */
class RawBlockVolumesTest {
    private static final CgroupPath CGROUP = new CgroupPath("/kubepods/podu-1/c1");
    private static final ContainerId ID = new ContainerId("containerd", "c1");
    private static final MountRef RAW = new MountRef("raw", "/dev/xvda", true);
    private static final String CSI = "/var/lib/kubelet/pods/u-1/volumeDevices/kubernetes.io~csi/";
    private static final String PUBLISHED = "/var/lib/kubelet/plugins/kubernetes.io/csi/volumeDevices/publish/pv-1/u-1";

    private final ProcessList cgroups = new ProcessList();
    private final Mounts host = new Mounts().at("/", "8:0", "ext4", "/dev/sda");
    private final Machine machine = new Machine()
            .disk("sda", "8:0")
            .disk("sdb", "8:16")
            .partition("sdb", "sdb1", "8:17")
            .mapper("dm-0", "253:0", "vg-raw", "LVM-abc", "sdb")
            .virtual("loop3", "7:3")
            .hostMounts(host);
    private final List<ContainerId> asked = new ArrayList<>();
    private Resolution answer = new Resolution.Unknown("containerd is away");
    private final ProcessMounts mounts = new ProcessMounts(machine.paths(), cgroups, id -> {
        asked.add(id);
        return answer;
    });

    private void given(String path, String device) {
        answer = found(
                Optional.of(List.of(new BlockNode(path, DeviceId.parse(device).orElseThrow()))));
    }

    private static Resolution found(Optional<List<BlockNode>> devices) {
        return new Resolution.Found(
                CGROUP, Optional.of("c"), Optional.empty(), Optional.empty(), false, List.of(), devices);
    }

    private List<Place> places(MountRef... volumes) {
        var container = new Container("c", "image", ContainerKind.MAIN, Optional.of(ID), List.of(volumes));
        var pod = new Pod("u-1", "n", "p", QosClass.BURSTABLE, Map.of(), Map.of(), List.of(container));
        var answer = mounts.of(pod, container, CGROUP);
        assertThat(answer).isInstanceOf(Places.Known.class);
        return ((Places.Known) answer).places();
    }

    private Place.Volume volume() {
        assertThat(places(RAW).get(0)).isInstanceOf(Place.Volume.class);
        return (Place.Volume) places(RAW).get(0);
    }

    private Place.Untold untold(MountRef... volumes) {
        assertThat(places(volumes).get(0)).isInstanceOf(Place.Untold.class);
        return (Place.Untold) places(volumes).get(0);
    }

    @Test
    void theRuntimeNamesTheDeviceBeforeTheContainerHasAProcess() {
        given("/dev/xvda", "8:16");
        assertThat(names(volume().disks())).containsExactly("sdb");
        assertThat(volume().steps())
                .containsExactly(
                        "/dev/xvda is a raw block volume",
                        "the runtime gave the container 8:16 there",
                        "sdb (8:16) is a whole disk");
        assertThat(places(RAW).get(1)).isInstanceOfSatisfying(Place.Untold.class, rootfs -> {
            assertThat(rootfs.volume()).isEmpty();
            assertThat(rootfs.steps()).first().asString().contains(CGROUP.value());
        });
    }

    @Test
    void aPartitionIsLimitedAtItsDiskAndOtherLayersWhereTheyAre() {
        given("/dev/xvda", "8:17");
        assertThat(names(volume().disks())).containsExactly("sdb");
    }

    @Test
    void anLvmVolumeAndALoopDeviceAreLimitedAtTheirOwnQueue() {
        given("/dev//xvda/", "253:0");
        assertThat(names(volume().disks())).containsExactly("dm-0");
        var other = new ContainerId("containerd", "c2");
        answer = found(Optional.of(List.of(new BlockNode("/dev/xvda", new DeviceId(7, 3)))));
        var container = new Container("c", "image", ContainerKind.MAIN, Optional.of(other), List.of(RAW));
        var pod = new Pod("u-1", "n", "p", QosClass.BURSTABLE, Map.of(), Map.of(), List.of(container));
        var loop = ((Places.Known) mounts.of(pod, container, CGROUP)).places().get(0);
        assertThat(names(((Place.Volume) loop).disks())).containsExactly("loop3");
    }

    @Test
    void aContainerIsAskedAboutOnceOverManyLooks() {
        cgroups.put(CGROUP, 42);
        machine.mounts(42, new Mounts().at("/", "0:60", "overlay", "overlay", "rw"));
        given("/dev/xvda", "8:16");
        volume();
        volume();
        assertThat(asked).containsExactly(ID);
    }

    @Test
    void whatTheRuntimeCouldNotSayIsAskedAgain() {
        untold(RAW);
        given("/dev/xvda", "8:16");
        assertThat(names(volume().disks())).containsExactly("sdb");
    }

    @Test
    void noRuntimeIsAskedForVolumesThatAreNone() {
        cgroups.put(CGROUP, 42);
        machine.mounts(
                42,
                new Mounts()
                        .at("/", "0:60", "overlay", "overlay", "rw,upperdir=/x")
                        .at("/d", "8:16", "xfs", "/dev/sdb"));
        places(new MountRef("data", "/d", false));
        assertThat(asked).isEmpty();
    }

    @Test
    void aDeviceThatTheHostNoLongerShowsIsOnNoDisk() {
        given("/dev/xvda", "8:240");
        assertThat(volume().disks()).isEmpty();
        assertThat(volume().steps()).last().isEqualTo("the host does not show it (any more)");
    }

    @Test
    void aContainerThatWasGivenNoDeviceThereHasNone() {
        answer = found(Optional.of(List.of()));
        assertThat(volume().disks()).isEmpty();
        assertThat(volume().steps()).contains("the runtime gave the container no block device there");
    }

    @Test
    void whileTheRuntimeIsAwayTheKubeletsLinkTells() {
        machine.link(CSI + "pv-1", "/dev/disk/by-id/raw").link("/dev/disk/by-id/raw", "../../sdb1");
        assertThat(names(volume().disks())).containsExactly("sdb");
        assertThat(volume().steps())
                .contains(
                        "the runtime does not say it: containerd is away",
                        CSI + "pv-1 leads to /dev/disk/by-id/raw",
                        "/dev/disk/by-id/raw leads to sdb1");
    }

    @Test
    void whoKnowsOnlyTheCgroupIsNotTakenAtHisWord() {
        answer = found(Optional.empty());
        machine.link(CSI + "pv-1", "/dev/sdb");
        assertThat(names(volume().disks())).containsExactly("sdb");
    }

    @Test
    void theNodeThatADriverPublishedIsKnownByItsMount() {
        machine.link(CSI + "pv-1", PUBLISHED)
                .file(PUBLISHED, "")
                .hostMounts(host.bind(PUBLISHED, "0:6", "/sdb", "devtmpfs", "devtmpfs", "rw"));
        assertThat(names(volume().disks())).containsExactly("sdb");
        assertThat(volume().steps()).contains("/dev/sdb is mounted on " + PUBLISHED);
    }

    @Test
    void withoutTheKubeletsDirectoriesTheHostsMountsTell() {
        machine.hostMounts(host.bind(PUBLISHED, "0:6", "/dm-0", "devtmpfs", "devtmpfs", "rw")
                .bind(
                        "/var/lib/kubelet/plugins/kubernetes.io/csi/volumeDevices/pv-1/dev/u-1",
                        "0:6",
                        "/dm-0",
                        "devtmpfs",
                        "devtmpfs",
                        "rw")
                .bind(PUBLISHED.replace("u-1", "another-pod"), "0:6", "/sda", "devtmpfs", "devtmpfs", "rw"));
        assertThat(names(volume().disks())).containsExactly("dm-0");
    }

    @Test
    void ofTwoVolumesTheKubeletsDirectoriesCannotTellWhichIsWhich() {
        machine.link(CSI + "pv-1", "/dev/sdb");
        var untold = untold(RAW, new MountRef("log", "/dev/xvdb", true));
        assertThat(untold.volume()).contains("raw");
        assertThat(untold.steps()).last().asString().contains("which of the pod's 2 raw block volumes is which");
    }

    @Test
    void aLinkLeftByAnEarlierVolumeMakesTheDirectoryUseless() {
        machine.link(CSI + "pv-1", "/dev/sdb").link(CSI + "pv-2", "/dev/gone");
        assertThat(untold(RAW).steps()).last().asString().contains("more than one");
    }

    @Test
    void whatNobodyTellsIsNotKnownYet() {
        answer = new Resolution.Gone();
        assertThat(untold(RAW).steps())
                .contains("the runtime knows no container containerd://c1")
                .last()
                .asString()
                .contains("name no block device");
        machine.link(CSI + "pv-1", "../../../../../dev/sdb");
        assertThat(untold(RAW).steps()).last().asString().contains("name no block device");
    }

    @Test
    void aNodeOfTheHostHasTheNumberOfItsDevice() {
        machine.link("/dev/disk/by-id/raw", "../../sdb1").link(CSI + "pv-1", "/dev/mapper/vg-raw");
        var resolver = machine.resolver();
        assertThat(resolver.numberOf("/dev/loop3")).contains(new DeviceId(7, 3));
        assertThat(resolver.numberOf("/dev/disk/by-id/raw")).contains(new DeviceId(8, 17));
        assertThat(resolver.numberOf("/dev/mapper/vg-raw")).contains(new DeviceId(253, 0));
        assertThat(resolver.numberOf(CSI + "pv-1")).contains(new DeviceId(253, 0));
        for (var none : List.of("/dev/../tmp/sdb", "/tmp/sdb", "/dev/nothing", "sdb", "/dev", "", "/dev/a\0b")) {
            assertThat(resolver.numberOf(none)).as(none).isEmpty();
        }
    }
}
