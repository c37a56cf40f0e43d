/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.cgroup;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * One line of {@code /proc/<pid>/mountinfo} (proc(5)): of a cgroup hierarchy, what is needed to choose it.
 *
 * @param root the directory of the hierarchy that is mounted; begins with {@code /..} where it lies above our cgroup
 *     namespace
 */
record MountEntry(String root, String mountPoint, List<String> options, String type, List<String> superOptions) {

    MountEntry {
        options = List.copyOf(options);
        superOptions = List.copyOf(superOptions);
    }

    /** Reads one line; empty if it is none. */
    static Optional<MountEntry> parse(String line) {
        var separator = line.indexOf(" - ");
        if (separator < 0) {
            return Optional.empty();
        }
        var left = line.substring(0, separator).split(" ");
        var right = line.substring(separator + 3).split(" ");
        return left.length < 6 || right.length < 3
                ? Optional.empty()
                : Optional.of(new MountEntry(
                        unescape(left[3]),
                        unescape(left[4]),
                        List.of(left[5].split(",")),
                        right[0],
                        List.of(right[2].split(","))));
    }

    boolean isReadOnly() {
        return options.contains("ro") || superOptions.contains("ro");
    }

    /** Blank, tab, newline and backslash are written as three octal digits. */
    static String unescape(String text) {
        if (text.indexOf('\\') < 0) {
            return text;
        }
        var in = text.getBytes(StandardCharsets.UTF_8);
        var out = new ByteArrayOutputStream(in.length);
        for (var i = 0; i < in.length; i++) {
            if (in[i] == '\\' && i + 3 < in.length && isOctal(in[i + 1]) && isOctal(in[i + 2]) && isOctal(in[i + 3])) {
                out.write((in[i + 1] - '0') * 64 + (in[i + 2] - '0') * 8 + in[i + 3] - '0');
                i += 3;
            } else {
                out.write(in[i]);
            }
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    private static boolean isOctal(byte b) {
        return b >= '0' && b <= '7';
    }
}
