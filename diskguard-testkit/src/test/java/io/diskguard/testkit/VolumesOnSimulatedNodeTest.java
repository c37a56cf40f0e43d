/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.device.DeviceResolver;
import io.diskguard.device.DiskResolution;
import io.diskguard.device.ProcessMounts;
import io.diskguard.model.Container;
import io.diskguard.model.ContainerId;
import io.diskguard.model.ContainerKind;
import io.diskguard.model.DeviceId;
import io.diskguard.model.Disk;
import io.diskguard.model.MountRef;
import io.diskguard.model.Pod;
import io.diskguard.model.Rate;
import io.diskguard.simulator.Load;
import io.diskguard.simulator.SimulatedDisk;
import io.diskguard.simulator.SimulatedMount;
import io.diskguard.simulator.SimulatedNode;
import io.diskguard.simulator.SimulatedVolume;
import io.diskguard.spi.CgroupDriver.ReadResult;
import io.diskguard.spi.ContainerDisks.Place;
import io.diskguard.spi.ContainerDisks.Places;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The library finds on the simulated node what it finds on a real one. */
class VolumesOnSimulatedNodeTest {
    private static final ContainerId ID = Pods.idOf("db", "app");
    private static final Disk SDA = new Disk(new DeviceId(8, 0), "sda");
    private static final Disk SDB = new Disk(new DeviceId(8, 16), "sdb");
    private static final Disk LV = new Disk(new DeviceId(253, 0), "dm-0");

    private final GuardedNode guarded = GuardedNode.with();
    private final SimulatedNode node = guarded.node();

    @BeforeEach
    void plugIn() {
        node.addDisk(SimulatedDisk.hardware("sda", SDA.id()).withPartition("sda1", new DeviceId(8, 1)));
        node.addDisk(SimulatedDisk.hardware("sdb", SDB.id()));
        node.addDisk(SimulatedDisk.mapped("dm-0", LV.id(), "vg-claims", List.of("sdb")));
        node.mount(SimulatedMount.of("/var/lib", new DeviceId(8, 1), "ext4", "/dev/sda1"));
        node.mount(SimulatedMount.of("/claims/db", LV.id(), "xfs", "/dev/mapper/vg-claims"));
    }

    @AfterEach
    void close() {
        guarded.close();
    }

    @Test
    void aContainersVolumesAndItsRootAreFoundOnTheirDisks() {
        node.volume("uid-db", "data", SimulatedVolume.directory("/claims/db"));
        node.volume("uid-db", "share", SimulatedVolume.diskless("nfs4", "nfs.example:/export"));
        var pod = pod("data", "share");
        node.addPod(pod);

        var places = new ProcessMounts(node.environment().paths(), node.cgroups())
                .of(pod, pod.containers().get(0), node.cgroupOf(ID).orElseThrow());

        assertThat(places).isInstanceOfSatisfying(Places.Known.class, known -> assertThat(known.places())
                .satisfiesExactly(
                        data -> assertThat(((Place.Volume) data).disks()).containsExactly(LV),
                        share -> assertThat(((Place.Volume) share).disks()).isEmpty(),
                        root -> assertThat(((Place.Rootfs) root).disks()).containsExactly(SDA)));
    }

    @Test
    void aRuleForAVolumeLimitsItsDisk() {
        node.volume("uid-db", "data", SimulatedVolume.directory("/claims/db"));
        node.addPod(pod("data"));
        node.load(ID, Load.writing(LV.id(), 1000, 4096));

        guarded.pass(Duration.ofSeconds(10));

        try (var driver = node.driver()) {
            var limits = ((ReadResult.Found) driver.read(node.cgroupOf(ID).orElseThrow())).limits();
            assertThat(limits.get(LV.id()).wiops()).isEqualTo(Rate.perSecond(30));
        }
        assertThat(node.doneBy(ID, LV.id()).wios()).isEqualTo(300);
        assertThat(node.doneBy(ID, SDB.id()).wios()).as("on the disk below").isEqualTo(300);
    }

    @Test
    void everyMemberOfABtrfsIsFound() {
        node.mountBtrfs("/pool", "0f3c2d1e-uuid", 45, List.of("sda1", "sdb"));

        assertThat(new DeviceResolver(node.environment().paths()).ofMount("/pool"))
                .isInstanceOfSatisfying(DiskResolution.Found.class, found -> assertThat(found.disks())
                        .containsExactlyInAnyOrder(SDA, SDB));
    }

    private static Pod pod(String... volumes) {
        var mounts = List.of(volumes).stream()
                .map(volume -> new MountRef(volume, "/" + volume, false))
                .toList();
        return Pods.pod("db")
                .annotation("iops-limit/policy", "[{volume: data, writeIops: 30}]")
                .container(new Container("app", "postgres", ContainerKind.MAIN, Optional.of(ID), mounts))
                .build();
    }
}
