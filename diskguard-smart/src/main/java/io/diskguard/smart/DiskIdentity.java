/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.smart;

import io.diskguard.model.DeviceId;
import io.diskguard.spi.HostPaths;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What a disk is called whatever number and name it gets at the next boot: its world wide name or serial number, the uuid of
 * a device mapper or md device, the file of a loop device; the kernel name where it has none of these. Remembers nothing.
 * Immutable; thread-safe.
 */
final class DiskIdentity {
    private static final List<String> FILES = List.of(
            "dm/uuid", "dm/name", "md/uuid", "loop/backing_file", "wwid", "device/wwid", "serial", "device/serial");
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{C}\\p{Z}\uFFFD]+");
    private static final int LONGEST = 200;
    /** An attribute of sysfs is at most a page, of which the largest has 64 KiB. */
    private static final int PAGE = 1 << 16;

    private final Path devices;

    DiskIdentity(HostPaths paths) {
        this.devices = paths.sys().resolve("dev/block");
    }

    /** One line of 1 to 200 characters; of a disk that the host does not show (any more) its number. */
    String of(DeviceId disk) {
        try {
            var device = devices.resolve(disk.toString()).toRealPath();
            for (var file : FILES) {
                var text = UNPRINTABLE
                        .matcher(attribute(device.resolve(file)))
                        .replaceAll(" ")
                        .strip();
                if (!text.isEmpty()) {
                    // what tells two of a kind apart stands at the end
                    return text.substring(Math.max(0, text.length() - LONGEST));
                }
            }
            // As sysfs writes the / of cciss/c0d0
            return device.getFileName().toString().replace('!', '/');
        } catch (IOException gone) {
            return disk.toString();
        }
    }

    private static String attribute(Path file) {
        try (var in = Files.newInputStream(file)) {
            return new String(in.readNBytes(PAGE), StandardCharsets.UTF_8);
        } catch (IOException absent) {
            return "";
        }
    }
}
