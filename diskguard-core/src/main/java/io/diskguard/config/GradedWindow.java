/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.config;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** The four keys of one of the three fixed windows. Immutable. */
record GradedWindow(
        Duration length,
        ConfigKey<Threshold> io,
        ConfigKey<Threshold> bps,
        ConfigKey<Long> iopsLimit,
        ConfigKey<Long> bpsLimit) {
    static GradedWindow of(int minutes) {
        var which = "in the window of " + minutes + " minutes";
        return new GradedWindow(
                Duration.ofMinutes(minutes),
                SmartWindowKeys.threshold("smart_limit_io_threshold_" + minutes + "m", true, which),
                SmartWindowKeys.threshold("smart_limit_bps_threshold_" + minutes + "m", false, which),
                limit("smart_limit_iops_limit_" + minutes + "m", Types.OPERATIONS, "operations/s", minutes),
                limit("smart_limit_bps_limit_" + minutes + "m", Types.BYTES, "bytes/s", minutes));
    }

    List<ConfigKey<Threshold>> thresholds() {
        return List.of(io, bps);
    }

    List<ConfigKey<Long>> limits() {
        return List.of(iopsLimit, bpsLimit);
    }

    Stream<ConfigKey<?>> keys() {
        return Stream.of(io, bps, iopsLimit, bpsLimit);
    }

    SmartWindow window(ConfigValues values) {
        return new WindowElement(length, values.get(io), values.get(bps), values.get(iopsLimit), values.get(bpsLimit))
                .window();
    }

    private static ConfigKey<Long> limit(String name, ValueType<Long> type, String unit, int minutes) {
        return ConfigKey.of(name, type, "the limit that the window of " + minutes + " minutes sets; 0: computed")
                .in(unit)
                .withDefault("0");
    }
}
