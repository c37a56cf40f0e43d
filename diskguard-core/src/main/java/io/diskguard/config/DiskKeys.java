/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.config;

import static io.diskguard.config.ConfigKey.of;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;

/** Which disks, and what they can do. */
final class DiskKeys {
    static final ConfigKey<String> MOUNT = of(
                    "data_mount",
                    Types.PATH.map(Object::toString),
                    "a mount whose disk is limited; the default holds where neither data_mounts nor data_devices is set")
            .withDefault("/data");
    static final ConfigKey<List<String>> MOUNTS = of(
            "data_mounts",
            Types.PATH.map(Object::toString).list("a list of absolute paths", false),
            "more mounts whose disks are limited");
    static final ConfigKey<List<String>> DEVICES = of(
            "data_devices",
            Types.TEXT.list("a list of device names", false),
            "disks that are limited, by kernel name, by-id path or MAJ:MIN; all for every disk");
    static final ConfigKey<Long> TOTAL_IOPS = of(
                    "data_total_iops",
                    Types.OPERATIONS_POSSIBLE,
                    "what each disk can do in each direction: what fractional thresholds are a fraction of")
            .in("operations/s")
            .withDefault("3000");
    static final ConfigKey<Long> TOTAL_BPS = of(
                    "data_total_bps",
                    Types.BYTES_POSSIBLE,
                    "what each disk can do in each direction: what fractional thresholds are a fraction of")
            .in("bytes/s")
            .withDefault("0");
    static final ConfigKey<List<DiskOverride>> DISKS =
            of("data_disks", DiskOverride.LIST, "what single disks can do, where it is not what each disk can do");

    static final KeyGroup GROUP =
            new KeyGroup("Disks", "", List.of(MOUNT, MOUNTS, DEVICES, TOTAL_IOPS, TOTAL_BPS, DISKS));

    private DiskKeys() {}

    static DiskSettings settings(ConfigValues values) {
        var mounts = new LinkedHashSet<String>();
        if (mountHolds(values)) {
            mounts.add(values.get(MOUNT));
        }
        mounts.addAll(values.find(MOUNTS).orElse(List.of()));
        var capacity = capacity(values);
        var capacities = new LinkedHashMap<String, DiskCapacity>();
        values.find(DISKS).orElse(List.of()).forEach(disk -> capacities.put(disk.device(), disk.over(capacity)));
        return new DiskSettings(List.copyOf(mounts), values.find(DEVICES).orElse(List.of()), capacity, capacities);
    }

    /** Whether {@code data_mount} counts: where it is set, or nothing else says which disks. */
    static boolean mountHolds(ConfigValues values) {
        return values.isSet(MOUNT) || !values.isSet(MOUNTS) && !values.isSet(DEVICES);
    }

    private static DiskCapacity capacity(ConfigValues values) {
        return new DiskCapacity(DiskOverride.known(values.get(TOTAL_IOPS)), DiskOverride.known(values.get(TOTAL_BPS)));
    }
}
