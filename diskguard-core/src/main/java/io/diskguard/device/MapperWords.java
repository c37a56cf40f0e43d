/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.device;

/** What made a device of the device mapper, told from its uuid: each tool puts a prefix of its own before it. */
final class MapperWords {
    private MapperWords() {}

    static String of(BlockDevice device) {
        return device.mapperUuid()
                .map(uuid -> uuid.startsWith("LVM-") ? volume(device, uuid) : madeBy(uuid))
                .orElse(DeviceKind.MAPPER.words());
    }

    /** Linear and striped volumes look the same in sysfs. */
    private static String volume(BlockDevice device, String uuid) {
        if (uuid.endsWith("-tpool")) {
            return "LVM thin pool";
        }
        var thin = device.slaves().stream()
                .flatMap(slave -> slave.mapperUuid().stream())
                .anyMatch(slave -> slave.endsWith("-tpool"));
        return thin ? "LVM thin volume" : "LVM volume";
    }

    private static String madeBy(String uuid) {
        if (uuid.startsWith("CRYPT-VERITY-")) {
            return "dm-verity volume";
        }
        if (uuid.startsWith("CRYPT-INTEGRITY-")) {
            return "dm-integrity volume";
        }
        if (uuid.startsWith("CRYPT-")) {
            return "dm-crypt volume";
        }
        if (uuid.startsWith("mpath-")) {
            return "dm-multipath device";
        }
        if (uuid.matches("part\\d+-.*")) {
            return "partition by kpartx";
        }
        if (uuid.startsWith("DMRAID-")) {
            return "dmraid array";
        }
        return uuid.startsWith("stratis-") ? "Stratis device" : DeviceKind.MAPPER.words();
    }
}
