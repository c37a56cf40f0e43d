/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.smart;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import io.diskguard.model.DeviceId;
import io.diskguard.spi.HostPaths;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class DiskIdentityTest {
    private static final Path MACHINES = Path.of("../diskguard-core/src/test/resources/io/diskguard/device/machines");

    private final FileSystem files = Jimfs.newFileSystem(Configuration.unix());
    private final HostPaths paths = HostPaths.in(files);
    private final DiskIdentity identity = new DiskIdentity(paths);

    static List<String> machines() throws IOException {
        try (var all = Files.list(MACHINES)) {
            return all.map(file -> file.getFileName().toString()).sorted().toList();
        }
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
    void aRealDiskHasTheNameThatItsMakerOrItsToolGaveIt(String recorded, String disk, String name) throws IOException {
        load(recorded + ".tree");

        assertThat(identity.of(number(block(disk)))).isEqualTo(name);
    }

    @ParameterizedTest
    @MethodSource("machines")
    void noTwoDisksOfAMachineAreTakenForOneButPathsToOne(String recorded) throws IOException {
        load(recorded);
        var seen = new HashMap<String, Path>();
        try (var disks = Files.list(paths.sys().resolve("block"))) {
            for (var disk : disks.sorted().toList()) {
                // A hidden path has no number
                if (Files.exists(disk.resolve("dev")) && !isPath(disk)) {
                    assertThat(seen.put(identity.of(number(disk)), disk))
                            .as("%s", disk)
                            .isNull();
                }
            }
        }
        assertThat(seen).isNotEmpty();
    }

    @Test
    void anMdArrayHasItsUuid() throws IOException {
        disk("9:0", "md0");
        says("md0", "md/uuid", "6a1b2c3d-0000-1111-2222-333344445555");

        assertThat(identity.of(new DeviceId(9, 0))).isEqualTo("6a1b2c3d-0000-1111-2222-333344445555");
    }

    @Test
    void theNameOfTheDiskComesBeforeThatOfItsDevice() throws IOException {
        disk("8:0", "sda");
        says("sda", "device/serial", "S");
        says("sda", "device/wwid", "naa.1");
        assertThat(identity.of(new DeviceId(8, 0))).isEqualTo("naa.1");

        says("sda", "wwid", "eui.2");
        assertThat(identity.of(new DeviceId(8, 0))).isEqualTo("eui.2");
    }

    @Test
    void whatADiskSaysIsOneShortLine() throws IOException {
        disk("8:0", "sda");
        says("sda", "wwid", "t10.A\0\0 \t B\u0007  \n");
        assertThat(identity.of(new DeviceId(8, 0))).isEqualTo("t10.A B");

        disk("8:16", "sdb");
        says("sdb", "serial", "x".repeat(5000) + "1");
        assertThat(identity.of(new DeviceId(8, 16))).hasSize(200).endsWith("x1");
    }

    @Test
    void aDiskThatSaysNothingIsItsKernelNameAndOneThatIsGoneItsNumber() throws IOException {
        disk("104:0", "cciss!c0d0");
        says("cciss!c0d0", "wwid", "");
        assertThat(identity.of(new DeviceId(104, 0))).isEqualTo("cciss/c0d0");

        assertThat(identity.of(new DeviceId(8, 0))).isEqualTo("8:0");
    }

    private void disk(String number, String name) throws IOException {
        var device = Files.createDirectories(paths.sys().resolve("devices").resolve(name));
        Files.createSymbolicLink(
                Files.createDirectories(paths.sys().resolve("dev/block")).resolve(number), device);
    }

    private void says(String disk, String file, String text) throws IOException {
        var at = paths.sys().resolve("devices").resolve(disk).resolve(file);
        Files.createDirectories(at.getParent());
        Files.writeString(at, text);
    }

    private Path block(String disk) {
        return paths.sys().resolve("block").resolve(disk);
    }

    private static DeviceId number(Path disk) throws IOException {
        return DeviceId.parse(Files.readString(disk.resolve("dev")).strip()).orElseThrow();
    }

    private static boolean isPath(Path disk) throws IOException {
        var holders = disk.resolve("holders");
        if (!Files.exists(holders)) {
            return false;
        }
        try (var all = Files.list(holders)) {
            for (var holder : all.toList()) {
                var uuid = holder.resolve("dm/uuid");
                if (Files.exists(uuid) && Files.readString(uuid).startsWith("mpath-")) {
                    return true;
                }
            }
        }
        return false;
    }

    /** The directories, links and files of what a real machine showed, as {@code e2e/record-disks} writes it. */
    private void load(String recorded) throws IOException {
        var lines = Files.readAllLines(MACHINES.resolve(recorded));
        for (var next = 0; next < lines.size(); next++) {
            var line = lines.get(next);
            var rest = line.substring(Math.min(2, line.length()));
            if (line.startsWith("d ")) {
                Files.createDirectories(files.getPath(rest));
            } else if (line.startsWith("l ")) {
                var names = rest.split(" -> ");
                Files.createSymbolicLink(place(names[0]), files.getPath(names[1]));
            } else if (line.startsWith("f ")) {
                var text = new StringBuilder();
                while (next + 1 < lines.size() && lines.get(next + 1).startsWith("|")) {
                    text.append(lines.get(++next).substring(1)).append('\n');
                }
                Files.writeString(place(rest), text);
            }
        }
    }

    private Path place(String path) throws IOException {
        var place = files.getPath(path);
        Files.createDirectories(place.getParent());
        return place;
    }
}
