/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.device;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.device.DiskResolution.Found;
import io.diskguard.device.DiskResolution.Missing;
import io.diskguard.device.DiskResolution.NotApplicable;
import io.diskguard.model.CgroupPath;
import io.diskguard.model.Container;
import io.diskguard.model.ContainerKind;
import io.diskguard.model.MountRef;
import io.diskguard.model.Pod;
import io.diskguard.model.QosClass;
import io.diskguard.spi.ContainerDisks.Places;
import io.diskguard.spi.RuntimeResolver.Resolution;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever stands in a mount table: an answer, never an exception. */
class HostileTablesTest {
    private static final int TABLES = 10_000;
    private static final CgroupPath CGROUP = new CgroupPath("/kubepods/pod1/c1");

    private static final List<String> LINES = List.of(
            "1 1 0:2 / / rw - rootfs rootfs rw",
            "21 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw,errors=remount-ro",
            "22 21 0:21 / /proc rw,nosuid shared:12 - proc proc rw",
            "30 21 253:0 / /data rw,relatime shared:30 - xfs /dev/mapper/vg-data rw,attr2,noquota",
            "31 30 8:1 /srv/deep /data/a\\040b rw master:3 propagate_from:2 - ext4 /dev/root rw",
            "32 21 0:41 /@home /home rw shared:9 - btrfs /dev/sda1 rw,ssd,subvolid=257,subvol=/@home",
            "33 21 0:50 / /var/lib/merged rw - overlay overlay rw,lowerdir=/l1:/l2,upperdir=/data/u\\054p/fs,workdir=/data/w",
            "34 21 0:51 / /var/lib/other rw - overlay overlay rw,lowerdir=l/A:l/B,upperdir=9f/diff,workdir=9f/work",
            "35 21 0:60 / /nfs rw - nfs4 server:/export rw,vers=4.2",
            "36 21 0:61 / /fuse rw - fuse.s3fs s3fs rw,user_id=0",
            "37 21 7:0 / /loop ro - squashfs /dev/loop0 ro",
            "38 21 0:62 / /tank rw - zfs tank/data rw",
            "39 21 259:5 / /gone rw - xfs /dev/nvme0n1p1 rw",
            "40 21 0:63 / /tagged rw - newfs UUID=12-34 rw");

    private static final List<String> WORDS = List.of(
            "",
            "-",
            "/",
            "-1",
            "0",
            "99999999999999999999",
            "0:0",
            "4095:1048575",
            "4096:1",
            "8:",
            ":",
            "\\",
            "\\0",
            "\\000",
            "\\777",
            "\\134",
            "\\054",
            "/..",
            "/data/../..",
            "/dev/",
            "/dev/root",
            "/dev/..",
            "/dev/\\000",
            "UUID=",
            "LABEL=\"",
            "=",
            "\u0000",
            "\uFFFD\uD800",
            "overlay",
            "btrfs",
            "upperdir=",
            "rw,upperdir=/var/lib/merged",
            "rw,upperdir=/var/lib/other/x",
            "rw,upperdir=\\000",
            "rw,upperdir=\\",
            ",,,,",
            "\r",
            "a".repeat(500),
            "/a".repeat(200),
            "\t");

    private final Random random = new Random(20_261);
    private final ProcessList cgroups = new ProcessList();
    private final Machine machine = new Machine()
            .disk("sda", "8:0")
            .partition("sda", "sda1", "8:1")
            .virtual("loop0", "7:0")
            .mapper("dm-0", "253:0", "vg-data", "LVM-abc", "sda1")
            .file("/proc/cmdline", "root=/dev/sda1")
            .directory(1, "/data/u,p/fs")
            .directory(1, "/var/lib/merged/x")
            .file("/proc/1/mountinfo", "")
            .file("/proc/42/mountinfo", "");

    @Test
    void everyTableGetsAnAnswerWithAReason() {
        for (var i = 0; i < TABLES; i++) {
            var host = table();
            var container = table();
            try {
                ask(host, container);
            } catch (RuntimeException | Error wrong) {
                throw new AssertionError("host:\n" + host + "\ncontainer:\n" + container, wrong);
            }
        }
    }

    @Test
    void oneEndlessLineIsReadAndLeftOut() {
        ask("30 21 8:0 / /data rw - xfs " + "x".repeat(1 << 20), LINES.get(1) + " " + "y,".repeat(1 << 19));
        ask("\u0000".repeat(1 << 20), "\n".repeat(1 << 20));
    }

    private void ask(String host, String container) {
        machine.overwrite("/proc/1/mountinfo", bytes(host)).overwrite("/proc/42/mountinfo", bytes(container));
        cgroups.put(CGROUP, random.nextInt(8) == 0 ? word() + "\n42" : "42");
        var look = machine.resolver().look();
        for (var path : List.of("/data", "/var/lib/merged", path(host))) {
            check(path, look.ofMount(path));
        }
        var device = word();
        check(device, machine.resolver().ofDevice(device));
        check(container(look));
    }

    /** Mount points are bytes: as Latin-1 most of what is not ASCII is no UTF-8. */
    private byte[] bytes(String table) {
        return table.getBytes(random.nextBoolean() ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1);
    }

    private static void check(String asked, DiskResolution answer) {
        assertThat(answer.asked()).isEqualTo(asked);
        var words = answer instanceof Missing missing
                ? List.of(missing.reason())
                : answer instanceof NotApplicable none ? List.of(none.reason()) : ((Found) answer).steps();
        assertThat(words).isNotEmpty().doesNotContain("");
    }

    private Places container(DiskView look) {
        var mounts = List.of(new MountRef("v", "/data", false), new MountRef("w", "/" + word(), random.nextBoolean()));
        var container = new Container("c", "image", ContainerKind.MAIN, Optional.empty(), mounts);
        var pod = new Pod("u", "n", "p", QosClass.BURSTABLE, Map.of(), Map.of(), List.of(container));
        var nodes = new ContainerNodes(id -> new Resolution.Gone());
        var blocks = new BlockVolumes(nodes, new KubeletNodes(machine.paths(), look), look);
        return new ContainerMounts(machine.paths(), new CgroupProcesses(cgroups), look, blocks)
                .of(pod, container, CGROUP);
    }

    private static void check(Places places) {
        if (places instanceof Places.Known known) {
            assertThat(known.places()).hasSize(3).allSatisfy(place -> assertThat(place.steps())
                    .isNotEmpty());
        } else {
            assertThat(((Places.Unknown) places).reason()).contains(CGROUP.value());
        }
    }

    private String path(String table) {
        var words = table.split("[ \n]");
        return words[random.nextInt(words.length)];
    }

    private String table() {
        var lines = new ArrayList<String>();
        for (var i = random.nextInt(6); i >= 0; i--) {
            lines.add(line());
        }
        return String.join(random.nextInt(50) == 0 ? "\r" : "\n", lines);
    }

    private String line() {
        var fields = new ArrayList<>(List.of(pick(LINES).split(" ")));
        for (var i = random.nextInt(4); i > 0 && !fields.isEmpty(); i--) {
            var at = random.nextInt(fields.size());
            switch (random.nextInt(6)) {
                case 0 -> fields.remove(at);
                case 1 -> fields.add(at, word());
                case 2 -> fields.set(at, damaged(fields.get(at)));
                case 3 -> fields.set(at, fields.get(at) + word());
                case 4 -> fields.set(at, fields.get(random.nextInt(fields.size())));
                default -> fields.set(at, word());
            }
        }
        return String.join(" ", fields);
    }

    private String damaged(String field) {
        if (field.isEmpty()) {
            return field;
        }
        var at = random.nextInt(field.length());
        return field.substring(0, at) + (char) random.nextInt(0x100) + field.substring(at + 1);
    }

    private String word() {
        return pick(random.nextInt(3) == 0 ? LINES : WORDS);
    }

    private <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
