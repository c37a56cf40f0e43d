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
import io.diskguard.spi.ContainerDisks.Place;
import io.diskguard.spi.ContainerDisks.Places;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The disks of a container that runc made on the recorded container node. */
class RecordedContainerTest {
    private static final CgroupPath CGROUP =
            new CgroupPath("/kubepods/burstable/pod11111111-2222-3333-4444-555555555555/"
                    + "3f4d7a1e9b2c8d6f5a0e1b3c7d9f8e6a4b2c0d1e3f5a7b9c8d6e4f2a0b1c3d5e");

    private final RecordedMachine machine = RecordedMachine.load("containers");
    private final ProcessList cgroups = new ProcessList();

    @BeforeEach
    void itsProcess() throws IOException {
        try (var processes = Files.newDirectoryStream(machine.paths().proc(), "[0-9]*")) {
            for (var process : processes) {
                if (Files.exists(process.resolve("cgroup"))
                        && Files.readString(process.resolve("cgroup")).strip().equals("0::" + CGROUP)) {
                    cgroups.put(CGROUP, Integer.parseInt(process.getFileName().toString()));
                }
            }
        }
    }

    @Test
    void eachVolumeAndTheRootFileSystemIsOnItsDisk() {
        var volumes = List.of(
                new MountRef("data", "/data", false),
                new MountRef("cache", "/cache", false),
                new MountRef("memory", "/memory", false));
        var container = new Container("app", "image", ContainerKind.MAIN, Optional.empty(), volumes);
        var pod = new Pod("u", "shop", "db", QosClass.BURSTABLE, Map.of(), Map.of(), List.of(container));
        var answer = new ProcessMounts(machine.paths(), cgroups).of(pod, container, CGROUP);
        assertThat(answer).isInstanceOfSatisfying(Places.Known.class, known -> {
            assertThat(known.places()).hasSize(4);
            assertThat(volume(known, 0)).containsExactly("nvme1n1");
            assertThat(volume(known, 1)).as("an emptyDir of the node's disk").containsExactly("vda");
            assertThat(volume(known, 2)).as("an emptyDir in memory").isEmpty();
            assertThat(names(((Place.Rootfs) known.places().get(3)).disks())).containsExactly("nvme0n1");
        });
    }

    private static List<String> volume(Places.Known known, int index) {
        return names(((Place.Volume) known.places().get(index)).disks());
    }
}
