/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.simulator;

import io.diskguard.model.DeviceId;

/**
 * A mount as mountinfo shows it. Immutable.
 *
 * @param device of the file system; major 0 for what has no disk (NFS, tmpfs, overlay, btrfs)
 * @param root the directory of the file system that is mounted, {@code /} but for bind mounts
 * @param type file system type ({@code ext4})
 * @param source what was mounted ({@code /dev/sda1}, {@code nfs.example:/export})
 * @param options of the super block ({@code rw,blkio})
 */
public record SimulatedMount(
        String mountPoint, DeviceId device, String root, String type, String source, String options) {
    /** A whole file system. */
    public static SimulatedMount of(String mountPoint, DeviceId device, String type, String source) {
        return new SimulatedMount(mountPoint, device, "/", type, source, "rw");
    }

    /** Whether the path is on it, if nothing is mounted in between. */
    boolean contains(String path) {
        return mountPoint.equals("/") || path.equals(mountPoint) || path.startsWith(mountPoint + "/");
    }

    /** As {@code show_mountinfo} prints it ({@code fs/proc_namespace.c}). */
    String line(int mountId, int parentId) {
        return mountId + " " + parentId + " " + device + " " + escaped(root) + " " + escaped(mountPoint)
                + " rw,relatime shared:" + mountId + " - " + type + " " + escaped(source) + " " + options + "\n";
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\134")
                .replace(" ", "\\040")
                .replace("\t", "\\011")
                .replace("\n", "\\012");
    }
}
