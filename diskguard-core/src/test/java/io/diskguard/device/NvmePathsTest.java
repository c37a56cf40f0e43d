/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.device;

import static io.diskguard.device.Answers.disks;
import static io.diskguard.device.Answers.steps;
import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.device.DiskResolution.Missing;
import org.junit.jupiter.api.Test;

/** NVMe with native multipath: the head takes the IO, its paths are hidden. */
class NvmePathsTest {
    private final Machine machine = new Machine()
            .nvmeHead("nvme3n1", "259:4", "nvme3c0n1", "nvme3c1n1")
            .partition("nvme3n1", "nvme3n1p1", "259:5");

    @Test
    void aMountIsLimitedAtTheHead() {
        machine.hostMounts(new Mounts().at("/", "259:5", "ext4", "/dev/nvme3n1p1"));
        assertThat(disks(machine.resolver().ofMount("/"))).containsExactly("nvme3n1");
        assertThat(steps(machine.resolver().ofMount("/"))).endsWith("whole disk, the head of its NVMe paths");
    }

    @Test
    void aPathThatIsNamedLeadsToItsHead() {
        var answer = machine.resolver().ofDevice("nvme3c1n1");
        assertThat(disks(answer)).containsExactly("nvme3n1");
        assertThat(steps(answer)).contains("nvme3c1n1 is a hidden path of the NVMe head nvme3n1 (259:4)");
    }

    @Test
    void aPathThatThereIsNotLeadsNowhere() {
        assertThat(machine.resolver().ofDevice("nvme3c7n1")).isInstanceOf(Missing.class);
    }

    @Test
    void withoutNativeMultipathEachDiskIsItsOwn() {
        machine.disk("nvme0n1", "259:0");
        assertThat(steps(machine.resolver().ofDevice("nvme0n1"))).isEqualTo("nvme0n1 (259:0) is a whole disk");
    }
}
