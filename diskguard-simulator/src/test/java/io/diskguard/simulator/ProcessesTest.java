/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.model.Container;
import io.diskguard.model.ContainerId;
import io.diskguard.model.ContainerKind;
import io.diskguard.model.DeviceId;
import io.diskguard.model.MountRef;
import io.diskguard.model.Pod;
import io.diskguard.model.QosClass;
import io.diskguard.spi.Errno;
import io.diskguard.spi.PodSource.Snapshot;
import io.diskguard.spi.ReadBuffer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ProcessesTest {
    private static final ContainerId APP = new ContainerId("containerd", "aaa");
    private static final Pod POD = new Pod(
            "u1",
            "default",
            "web",
            QosClass.BURSTABLE,
            Map.of(),
            Map.of(),
            List.of(new Container(
                    "app",
                    "busybox",
                    ContainerKind.MAIN,
                    Optional.of(APP),
                    List.of(
                            new MountRef("data", "/var/lib/db", false),
                            new MountRef("share", "/share", false),
                            new MountRef("raw", "/dev/xvda", true)))));

    private final SimulatedNode node = SimulatedNode.v2();
    private final Path proc = node.environment().paths().proc();

    @BeforeEach
    void start() {
        node.addDisk(SimulatedDisk.hardware("sda", new DeviceId(8, 0)));
        node.mount(SimulatedMount.of("/data", new DeviceId(8, 0), "ext4", "/dev/sda"));
        node.volume("u1", "data", SimulatedVolume.directory("/data/volumes/db"));
        node.volume("u1", "share", SimulatedVolume.diskless("nfs4", "nfs.example:/export"));
        node.volume("u1", "raw", SimulatedVolume.block("sda"));
        node.addPod(POD);
    }

    @AfterEach
    void close() {
        node.close();
    }

    @Test
    void aContainersProcessIsInItsCgroup() throws IOException {
        var buffer = new ReadBuffer();
        var cgroup = node.cgroupOf(APP).orElseThrow();
        node.cgroups().read(cgroup, "cgroup.procs", buffer);

        var pid = node.pidOf(APP).orElseThrow();
        assertThat(buffer.text()).isEqualTo(pid + "\n");
        assertThat(Files.readString(proc.resolve(pid + "/cgroup"))).isEqualTo("0::" + cgroup + "\n");
        assertThat(node.cgroups().rmdir(cgroup).is(Errno.EBUSY)).isTrue();
    }

    @Test
    void itSeesItsRootAndItsVolumes() throws IOException {
        var mounts = Files.readString(proc.resolve(node.pidOf(APP).orElseThrow() + "/mountinfo"));

        assertThat(mounts.lines().toList().get(0))
                .contains(" / / rw,relatime ", " - overlay overlay rw,lowerdir=", ",upperdir=/var/lib/containerd/");
        assertThat(mounts)
                .contains(" 8:0 /volumes/db /var/lib/db rw,relatime ", " - ext4 /dev/sda rw\n")
                .contains(" / /share rw,relatime ", " - nfs4 nfs.example:/export rw\n")
                .doesNotContain("/dev/xvda");
    }

    @Test
    void aContainerThatEndsTakesItsProcessWithIt() {
        var pid = node.pidOf(APP).orElseThrow();

        node.removePod("u1");

        assertThat(proc.resolve(pid.toString())).doesNotExist();
        assertThat(node.pidOf(APP)).isEmpty();
    }

    @Test
    void aSourceOfPodsThatIsLostIsUnknownAndComesBackWithAll() {
        var changes = new ArrayList<String>();
        node.pods().onChange(changes::add);

        node.losePods("connection refused");
        node.changePod(POD);
        assertThat(node.pods().snapshot()).isEqualTo(new Snapshot.Unknown("connection refused"));
        assertThat(changes).isEmpty();

        node.findPods();
        assertThat(node.pods().snapshot()).isEqualTo(new Snapshot.Synced(List.of(POD)));
        assertThat(changes).containsExactly("u1");
    }
}
