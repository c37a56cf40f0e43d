/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.device;

import static io.diskguard.device.Answers.names;
import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.model.CgroupPath;
import io.diskguard.model.Container;
import io.diskguard.model.ContainerId;
import io.diskguard.model.ContainerKind;
import io.diskguard.model.MountRef;
import io.diskguard.model.Pod;
import io.diskguard.model.QosClass;
import io.diskguard.spi.ContainerDisks.Place.Volume;
import io.diskguard.spi.ContainerDisks.Places;
import io.diskguard.spi.RuntimeResolver.Resolution;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** In a pod of its own DiskGuard sees no host's process in a cgroup, but all of them in the host's procfs. */
class HiddenProcessesTest {
    private static final CgroupPath CGROUP = new CgroupPath("/kubepods/pod1/c1");
    private static final ContainerId ID = new ContainerId("containerd", "c1");

    private final ProcessList cgroups = new ProcessList();
    private final Machine machine = new Machine()
            .disk("sda", "8:0")
            .disk("sdb", "8:16")
            .hostMounts(new Mounts().at("/", "8:0", "ext4", "/dev/sda"));
    private Resolution answer = new Resolution.Unknown("containerd is away");

    /** v1 shows none, v2 zeros. */
    private Places ask() {
        cgroups.put(CGROUP, 0, 0);
        var withZeros = look();
        cgroups.put(CGROUP);
        assertThat(look()).hasSameClassAs(withZeros);
        return withZeros;
    }

    private Places look() {
        var volume = new MountRef("data", "/data", false);
        var container = new Container("c", "image", ContainerKind.MAIN, Optional.of(ID), List.of(volume));
        var pod = new Pod("u", "n", "p", QosClass.BURSTABLE, Map.of(), Map.of(), List.of(container));
        return new ProcessMounts(machine.paths(), cgroups, id -> answer).of(pod, container, CGROUP);
    }

    private void running(long pid) {
        answer = new Resolution.Found(CGROUP, Optional.of("c"), Optional.empty(), Optional.of(pid), false);
        machine.mounts(
                42, new Mounts().at("/", "0:60", "overlay", "overlay", "rw").at("/data", "8:16", "xfs", "/dev/sdb"));
    }

    @Test
    void theRuntimeNamesOne() {
        running(42);
        machine.file("/proc/42/cgroup", "4:blkio:/../../kubepods/pod1/c1\n");

        assertThat(ask()).isInstanceOfSatisfying(Places.Known.class, known -> assertThat(
                        names(((Volume) known.places().get(0)).disks()))
                .containsExactly("sdb"));
    }

    @Test
    void aNumberThatIsAnotherProcessInThisProcfsIsNotBelieved() {
        running(42);
        machine.file("/proc/42/cgroup", "4:blkio:/system.slice/sshd.service\n");

        assertThat(ask()).isInstanceOf(Places.Unknown.class);
    }

    @Test
    void withoutARuntimeItIsSaidWhy() {
        assertThat(ask()).isInstanceOfSatisfying(Places.Unknown.class, unknown -> assertThat(unknown.reason())
                .contains("pid namespace"));
    }
}
