/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.device;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.model.DeviceId;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class DiskIdentityTest {
    private final Machine machine = new Machine();

    static List<String> machines() throws IOException {
        return RecordedMachine.names();
    }

    @ParameterizedTest(name = "{0}: {1} is {2}")
    @CsvSource(delimiter = '|', textBlock = """
            lvm            | dm-0      | LVM-81HJxGlsL83uQs9Nt9GuMXeyhsXmKVYKWnaoANVyeywm4OTV08CopvdyKd16lWOO
            lvm            | vda       | SYSTEM
            lvm            | sda       | sda
            md             | sda       | t10.ATA QEMU HARDDISK RAID-A
            md             | md127     | md127
            virtio         | loop0     | /data/image
            virtio         | vdb       | DATA
            nvme-multipath | nvme0n1   | nvme.1b36-4152524159-51454d55204e564d65204374726c-00000001
            nvme-multipath | nvme0n2   | nvme.1b36-4152524159-51454d55204e564d65204374726c-00000002
            dm-multipath   | dm-0      | mpath-35000c50015ea71a0
            dm-multipath   | sda       | naa.5000c50015ea71a0
            """)
    void aRealDiskHasTheNameThatItsMakerOrItsToolGaveIt(String recorded, String disk, String identity) {
        var paths = RecordedMachine.load(recorded).paths();
        var number = new BlockDevices(paths.sys()).byName(disk).orElseThrow().number();

        assertThat(new DiskIdentity(paths).of(number)).isEqualTo(identity);
    }

    @ParameterizedTest
    @MethodSource("machines")
    void noTwoDisksOfAMachineAreTakenForOneButPathsToOne(String recorded) {
        var paths = RecordedMachine.load(recorded).paths();
        var devices = new BlockDevices(paths.sys());
        var identity = new DiskIdentity(paths);
        var seen = new HashMap<String, String>();
        for (var name : devices.disks()) {
            devices.byName(name).ifPresent(disk -> {
                var isPath = disk.holders().stream().anyMatch(BlockDevice::isMultipath);
                var other = seen.put(identity.of(disk.number()), name);
                assertThat(isPath ? null : other).as(name).isNull();
            });
        }
    }

    @Test
    void anMdArrayHasItsUuid() {
        machine.virtual("md0", "9:0").attribute("md0", "md/uuid", "6a1b2c3d-0000-1111-2222-333344445555");

        assertThat(of(9, 0)).isEqualTo("6a1b2c3d-0000-1111-2222-333344445555");
    }

    @Test
    void theNameOfTheDiskComesBeforeThatOfItsDevice() {
        machine.disk("sda", "8:0").attribute("sda", "device/serial", "S").attribute("sda", "device/wwid", "naa.1");
        assertThat(of(8, 0)).isEqualTo("naa.1");

        machine.attribute("sda", "wwid", "eui.2");
        assertThat(of(8, 0)).isEqualTo("eui.2");
    }

    @Test
    void whatADiskSaysIsOneShortLine() {
        machine.disk("sda", "8:0").attribute("sda", "wwid", "t10.A\0\0 \t B\u0007  \n");
        assertThat(of(8, 0)).isEqualTo("t10.A B");

        machine.disk("sdb", "8:16").attribute("sdb", "serial", "x".repeat(5000) + "1");
        assertThat(of(8, 16)).hasSize(200).endsWith("x1");
    }

    @Test
    void aDiskThatSaysNothingIsItsKernelNameAndOneThatIsGoneItsNumber() {
        machine.disk("cciss/c0d0", "104:0").attribute("cciss!c0d0", "wwid", "");
        assertThat(of(104, 0)).isEqualTo("cciss/c0d0");

        assertThat(of(8, 0)).isEqualTo("8:0");
    }

    private String of(int major, int minor) {
        return new DiskIdentity(machine.paths()).of(new DeviceId(major, minor));
    }
}
