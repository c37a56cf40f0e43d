/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.device;

import io.diskguard.model.DeviceId;
import java.util.Optional;

/**
 * One line of mountinfo ({@code proc_pid_mountinfo(5)}). Immutable.
 *
 * @param id of the mount; {@code parent} that of the mount it is attached to
 * @param device of the file system; major 0 where it has no single block device
 * @param root the directory of the file system that is mounted, {@code /} but for bind mounts and subvolumes
 * @param writable whether neither the mount nor the file system is read-only
 * @param options of the file system, escaped as the kernel writes them
 */
record Mount(
        int id,
        int parent,
        DeviceId device,
        String root,
        String mountPoint,
        boolean writable,
        String type,
        String source,
        String options) {
    /** Reads a line; empty if it is none. Spaces inside a field are escaped, so they only ever separate. */
    static Optional<Mount> parse(String line) {
        // "-" ends the optional fields, of which there may be none
        var separator = line.indexOf(" - ");
        if (separator < 0) {
            return Optional.empty();
        }
        var mount = line.substring(0, separator).split(" ", 7);
        var fileSystem = line.substring(separator + 3).split(" ", 3);
        if (mount.length < 6 || fileSystem.length < 2 || !mount[4].startsWith("/")) {
            return Optional.empty();
        }
        try {
            var id = Integer.parseInt(mount[0]);
            var parent = Integer.parseInt(mount[1]);
            return DeviceId.parse(mount[2])
                    .map(device -> new Mount(
                            id,
                            parent,
                            device,
                            Octal.unescape(mount[3]),
                            Octal.unescape(mount[4]),
                            isWritable(mount[5]) && (fileSystem.length < 3 || isWritable(fileSystem[2])),
                            Octal.unescape(fileSystem[0]),
                            Octal.unescape(fileSystem[1]),
                            fileSystem.length > 2 ? fileSystem[2] : ""));
        } catch (NumberFormatException noMount) {
            return Optional.empty();
        }
    }

    private static boolean isWritable(String options) {
        return !options.equals("ro") && !options.startsWith("ro,");
    }

    @Override
    public String toString() {
        return mountPoint + " (" + type + " on " + source + ")";
    }
}
