/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.device;

import java.util.regex.Pattern;

/** What a block device that is no partition is, as far as its kernel name tells. */
enum DeviceKind {
    MAPPER("dm-\\d+", "device mapper device"),
    MD("md[\\d_].*", "md array"),
    BCACHE("bcache\\d+", "bcache device"),
    DRBD("drbd\\d+", "DRBD device"),
    LOOP("loop\\d+", "loop device"),
    RAM("ram\\d+", "disk in memory"),
    ZRAM("zram\\d+", "compressed disk in memory"),
    OPTICAL("sr\\d+", "optical drive"),
    FLOPPY("fd\\d+", "floppy drive"),
    NVME_PATH("nvme\\d+c\\d+n\\d+", "hidden path of an NVMe head"),
    BOOT_AREA("mmcblk\\d+boot\\d+", "boot area of an eMMC, to the kernel a disk of its own"),
    NBD("nbd\\d+", "network block device"),
    RBD("rbd\\d+", "Ceph block device"),
    DISK(".*", "disk");

    private final Pattern names;
    private final String words;

    DeviceKind(String names, String words) {
        this.names = Pattern.compile(names, Pattern.DOTALL);
        this.words = words;
    }

    static DeviceKind ofName(String name) {
        for (var kind : values()) {
            if (kind.names.matcher(name).matches()) {
                return kind;
            }
        }
        return DISK;
    }

    String words() {
        return words;
    }

    /** Whether it is made of other block devices of this host. */
    boolean isMadeOfOthers() {
        return this == MAPPER || this == MD || this == BCACHE || this == DRBD;
    }
}
