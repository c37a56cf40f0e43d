/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.device;

import io.diskguard.model.DeviceId;
import io.diskguard.spi.HostPaths;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What a disk is called whatever number and name it gets at the next boot: its world wide name or serial number, the uuid of
 * a device mapper or md device, the file of a loop device; the kernel name where it has none of these. Remembers nothing.
 * Immutable; thread-safe.
 */
public final class DiskIdentity {
    private static final List<String> FILES = List.of(
            "dm/uuid", "dm/name", "md/uuid", "loop/backing_file", "wwid", "device/wwid", "serial", "device/serial");
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{C}\\p{Z}\uFFFD]+");
    private static final int LONGEST = 200;

    private final BlockDevices devices;

    public DiskIdentity(HostPaths paths) {
        this.devices = new BlockDevices(paths.sys());
    }

    /** One line of 1 to 200 characters; of a disk that the host does not show (any more) its number. */
    public String of(DeviceId disk) {
        var device = devices.byNumber(disk);
        if (device.isEmpty()) {
            return disk.toString();
        }
        for (var file : FILES) {
            var text = UNPRINTABLE
                    .matcher(device.get().attribute(file).orElse(""))
                    .replaceAll(" ")
                    .strip();
            if (!text.isEmpty()) {
                // what tells two of a kind apart stands at the end
                return text.substring(Math.max(0, text.length() - LONGEST));
            }
        }
        return device.get().name();
    }
}
