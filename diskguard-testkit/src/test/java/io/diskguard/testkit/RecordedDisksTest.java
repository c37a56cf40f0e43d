/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.model.DeviceId;
import io.diskguard.simulator.SimulatedDisk;
import io.diskguard.simulator.SimulatedNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A simulated disk has in sysfs what was recorded of a real one of its kind. */
class RecordedDisksTest {
    private static final Path MACHINES = Path.of("../diskguard-core/src/test/resources/io/diskguard/device/machines");

    private final SimulatedNode node = SimulatedNode.v2();

    @AfterEach
    void close() {
        node.close();
    }

    @Test
    void aScsiDisk() throws IOException {
        node.addDisk(SimulatedDisk.hardware("sda", new DeviceId(8, 0)));

        assertThat(simulated("sda")).containsAll(recorded("lvm", "sda"));
    }

    @Test
    void aVirtioDiskWithPartitions() throws IOException {
        node.addDisk(SimulatedDisk.virtio("vda", new DeviceId(254, 0), "SYSTEM")
                .withPartition("vda1", new DeviceId(254, 1)));

        assertThat(simulated("vda")).containsAll(recorded("lvm", "vda"));
        assertThat(simulated("vda/vda1")).containsAll(recorded("lvm", "vda/vda1"));
    }

    @Test
    void anNvmeDiskWithPartitions() throws IOException {
        node.addDisk(SimulatedDisk.nvme("nvme0n1", new DeviceId(259, 0), "S1")
                .withPartition("nvme0n1p1", new DeviceId(259, 1)));

        assertThat(simulated("nvme0n1")).containsAll(recorded("nvme-partitions", "nvme0n1"));
        assertThat(simulated("nvme0n1/nvme0n1p1")).containsAll(recorded("nvme-partitions", "nvme0n1/nvme0n1p1"));
    }

    @Test
    void anNvmeHeadAndItsHiddenPaths() throws IOException {
        node.addDisk(
                SimulatedDisk.nvmeMultipath("nvme0n1", new DeviceId(259, 1), "S1", List.of("nvme0c0n1", "nvme0c1n1")));

        assertThat(simulated("nvme0n1")).containsAll(recorded("nvme-multipath", "nvme0n1"));
        for (var path : List.of("nvme0c0n1", "nvme0c1n1")) {
            assertThat(simulated(path))
                    .containsAll(recorded("nvme-multipath", path))
                    .doesNotContain("dev");
            assertThat(recorded("nvme-multipath", path)).doesNotContain("dev");
        }
    }

    @Test
    void aLoopDevice() throws IOException {
        node.addDisk(SimulatedDisk.loop("loop0", new DeviceId(7, 0), "/image"));

        assertThat(simulated("loop0")).containsAll(recorded("virtio", "loop0"));
    }

    @Test
    void mapperDevices() throws IOException {
        node.addDisk(SimulatedDisk.hardware("sda", new DeviceId(8, 0)));
        node.addDisk(SimulatedDisk.mapped("dm-0", new DeviceId(253, 0), "vg-data", List.of("sda")));

        for (var machine : List.of("lvm", "crypt", "dm-multipath")) {
            assertThat(simulated("dm-0")).as(machine).containsAll(recorded(machine, "dm-0"));
        }
    }

    @Test
    void anMdArray() throws IOException {
        node.addDisk(SimulatedDisk.hardware("sda", new DeviceId(8, 0)));
        node.addDisk(SimulatedDisk.md("md0", new DeviceId(9, 0), "raid1", List.of("sda")));

        assertThat(simulated("md0")).containsAll(recorded("md", "md0"));
    }

    /** The files in its directory, by path relative to it; those of partitions, slaves and holders are not looked at. */
    private Set<String> simulated(String disk) throws IOException {
        var home =
                node.environment().paths().sys().resolve("block").resolve(disk).toRealPath();
        try (var files = Files.walk(home, 2)) {
            return files.map(file -> home.relativize(file).toString()).collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private static Set<String> recorded(String machine, String disk) throws IOException {
        var files = new TreeSet<String>();
        for (var line : Files.readAllLines(MACHINES.resolve(machine + ".tree"))) {
            var file = line.replaceFirst(" -> .*", "");
            var at = file.indexOf("/" + disk + "/");
            if (at > 0 && file.matches("[fld] /sys/devices/.*")) {
                files.add(file.substring(at + disk.length() + 2));
            }
        }
        files.removeIf(file -> file.matches("(slaves|holders)/.*|[a-z0-9]+p?\\d(/.*)?|device(/.*)?"));
        assertThat(files).as("recorded of " + disk).contains("size", "uevent");
        return files;
    }
}
