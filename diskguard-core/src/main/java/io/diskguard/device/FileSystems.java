/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.device;

import java.util.Optional;

/** File systems whose IO no limit on a disk of this host can hold. */
final class FileSystems {
    private static final String IN_MEMORY = "it is in memory";
    private static final String MADE_UP = "the kernel makes its files up";
    private static final String ZFS = "a ZFS pool issues its IO from kernel threads, not as the container";

    private FileSystems() {}

    /** Whether a server or a program answers for it: who looks at a file then may wait for ever. */
    static boolean mayNotAnswer(String type) {
        return whyNoDisk(type)
                .filter(why -> !why.equals(IN_MEMORY) && !why.equals(MADE_UP) && !why.equals(ZFS))
                .isPresent();
    }

    static boolean isInMemory(String type) {
        return whyNoDisk(type)
                .filter(why -> why.equals(IN_MEMORY) || why.equals(MADE_UP))
                .isPresent();
    }

    /** Why; empty for all others, unknown ones too. */
    static Optional<String> whyNoDisk(String type) {
        var why =
                switch (type) {
                    case "tmpfs", "ramfs", "rootfs", "devtmpfs", "hugetlbfs" -> IN_MEMORY;
                    case "nfs", "nfs4", "cifs", "smb3", "ceph", "afs", "lustre", "beegfs", "gpfs", "pvfs2", "coda" ->
                        "it is on the network";
                    case "9p", "virtiofs", "vboxsf", "vmhgfs", "prl_fs" ->
                        "it is on the machine that this virtual machine runs on";
                    case "zfs" -> ZFS;
                    case "autofs" -> "its file system is mounted at the first use";
                    case "proc",
                            "sysfs",
                            "cgroup",
                            "cgroup2",
                            "devpts",
                            "mqueue",
                            "bpf",
                            "debugfs",
                            "tracefs",
                            "securityfs",
                            "configfs",
                            "pstore",
                            "efivarfs",
                            "binfmt_misc",
                            "nsfs",
                            "rpc_pipefs",
                            "fusectl",
                            "selinuxfs",
                            "binder",
                            "resctrl" -> MADE_UP;
                    // fuse.<program>; fuseblk too, whose disk is read and written by that program
                    default -> type.startsWith("fuse") ? "a FUSE program does its IO, not the container" : "";
                };
        return Optional.of(why).filter(text -> !text.isEmpty());
    }
}
