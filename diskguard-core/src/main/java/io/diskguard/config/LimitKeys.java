/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.config;

import io.diskguard.model.IoLimit;
import io.diskguard.model.Rate;
import java.util.List;
import java.util.Optional;

/** The static limits. */
final class LimitKeys {
    static final ConfigKey<Long> IOPS = operations(
                    "container_iops_limit", "used in each direction that has no key of its own set")
            .withDefault("500");
    static final ConfigKey<Long> READ_IOPS = operations(
                    "container_read_iops_limit", "what a container may read on each disk")
            .withDefault("500");
    static final ConfigKey<Long> WRITE_IOPS = operations(
                    "container_write_iops_limit", "what a container may write on each disk")
            .withDefault("500");
    static final ConfigKey<Long> BPS = bytes(
                    "container_bps_limit", "used in each direction that has no key of its own set")
            .withDefault("0");
    static final ConfigKey<Long> READ_BPS = bytes("container_read_bps_limit", "what a container may read on each disk")
            .withDefault("0");
    static final ConfigKey<Long> WRITE_BPS = bytes(
                    "container_write_bps_limit", "what a container may write on each disk")
            .withDefault("0");
    static final ConfigKey<Long> MAX_IOPS = operations(
                    "max_iops_limit", "ceiling of each direction that no annotation can lift")
            .withDefault("0");
    static final ConfigKey<Long> MAX_BPS = bytes(
                    "max_bps_limit", "ceiling of each direction that no annotation can lift")
            .withDefault("0");

    static final KeyGroup GROUP = new KeyGroup(
            "Limits",
            "What a container may do on each disk where its pod's annotations say nothing, and what no annotation can lift. A"
                    + " key for one direction wins over the one for both, whichever source they are in.",
            List.of(IOPS, READ_IOPS, WRITE_IOPS, BPS, READ_BPS, WRITE_BPS, MAX_IOPS, MAX_BPS));

    private LimitKeys() {}

    static LimitSettings settings(ConfigValues values) {
        var iops = Rate.ofZeroIsUnlimited(values.get(MAX_IOPS));
        var bps = Rate.ofZeroIsUnlimited(values.get(MAX_BPS));
        return new LimitSettings(
                new IoLimit(
                        rate(values, READ_IOPS),
                        rate(values, WRITE_IOPS),
                        rate(values, READ_BPS),
                        rate(values, WRITE_BPS)),
                new IoLimit(iops, iops, bps, bps));
    }

    /** The key that holds for this one where it is set in no source. */
    static Optional<ConfigKey<Long>> general(ConfigKey<?> key) {
        if (key == READ_IOPS || key == WRITE_IOPS) {
            return Optional.of(IOPS);
        }
        return key == READ_BPS || key == WRITE_BPS ? Optional.of(BPS) : Optional.empty();
    }

    static void check(ConfigValues values, Findings findings) {
        for (var key : List.of(READ_IOPS, WRITE_IOPS, READ_BPS, WRITE_BPS)) {
            var general = general(key).orElse(key);
            var said = values.isSet(key) ? key : general;
            var max = general == IOPS ? MAX_IOPS : MAX_BPS;
            if (values.get(max) > 0 && values.get(said) > values.get(max)) {
                findings.warn(said, "is above the ceiling " + max + ", which holds: " + values.get(max));
            }
        }
    }

    private static Rate rate(ConfigValues values, ConfigKey<Long> key) {
        var general = general(key).filter(values::isSet).orElse(key);
        return Rate.ofZeroIsUnlimited(values.get(values.isSet(key) ? key : general));
    }

    private static ConfigKey<Long> operations(String name, String meaning) {
        return ConfigKey.of(name, Types.OPERATIONS, meaning).in("operations/s");
    }

    private static ConfigKey<Long> bytes(String name, String meaning) {
        return ConfigKey.of(name, Types.BYTES, meaning).in("bytes/s");
    }
}
