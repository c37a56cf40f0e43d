/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.device;

import io.diskguard.model.DeviceId;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The lines of a mountinfo file ({@code proc_pid_mountinfo(5)}), in its order: of two on one mount point the later one is on top. */
record MountTable(String file, List<Mount> mounts) {
    static MountTable parse(String file, String text) {
        var mounts = new ArrayList<Mount>();
        for (var line : text.split("\n")) {
            parseLine(line).ifPresent(mounts::add);
        }
        return new MountTable(file, List.copyOf(mounts));
    }

    /** The mount on exactly this mount point. */
    Optional<Mount> at(String mountPoint) {
        return mounts.stream()
                .filter(mount -> mount.mountPoint().equals(mountPoint))
                .reduce((lower, upper) -> upper);
    }

    /** The mount that a path is on. */
    Optional<Mount> containing(String path) {
        return mounts.stream()
                .filter(mount -> mount.contains(path))
                .reduce((one, other) ->
                        other.mountPoint().length() >= one.mountPoint().length() ? other : one);
    }

    List<String> seen() {
        return mounts.stream().map(Mount::toString).distinct().toList();
    }

    private static Optional<Mount> parseLine(String line) {
        var fields = line.split(" ");
        var separator = List.of(fields).indexOf("-");
        if (separator < 6 || fields.length < separator + 3) {
            return Optional.empty();
        }
        return DeviceId.parse(fields[2])
                .map(device -> new Mount(
                        device, unescape(fields[4]), unescape(fields[separator + 1]), unescape(fields[separator + 2])));
    }

    /** Space, tab, newline and backslash stand as three octal digits ({@code mangle_path} in {@code fs/seq_file.c}); the bytes are UTF-8. */
    static String unescape(String text) {
        if (text.indexOf('\\') < 0) {
            return text;
        }
        var in = text.getBytes(StandardCharsets.UTF_8);
        var out = new byte[in.length];
        var length = 0;
        for (var i = 0; i < in.length; i++) {
            if (in[i] == '\\' && i + 3 < in.length && octal(in[i + 1]) && octal(in[i + 2]) && octal(in[i + 3])) {
                out[length++] = (byte) ((in[i + 1] - '0') << 6 | (in[i + 2] - '0') << 3 | (in[i + 3] - '0'));
                i += 3;
            } else {
                out[length++] = in[i];
            }
        }
        return new String(out, 0, length, StandardCharsets.UTF_8);
    }

    private static boolean octal(byte digit) {
        return digit >= '0' && digit <= '7';
    }

    record Mount(DeviceId device, String mountPoint, String fsType, String source) {
        boolean contains(String path) {
            return mountPoint.equals("/") || path.equals(mountPoint) || path.startsWith(mountPoint + "/");
        }

        @Override
        public String toString() {
            return mountPoint + " (" + fsType + " on " + source + ")";
        }
    }
}
