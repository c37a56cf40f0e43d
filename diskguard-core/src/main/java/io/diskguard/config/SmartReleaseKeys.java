/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.config;

import static io.diskguard.config.ConfigKey.of;

import io.diskguard.model.LimitKey;
import java.time.Duration;
import java.util.List;

/** When smart limits are taken back. */
final class SmartReleaseKeys {
    private static final Duration LONGEST = Duration.ofHours(24);

    static final ConfigKey<Double> FRACTION = of(
                    "smart_limit_remove_threshold",
                    ValueType.scalar(
                            "a fraction above 0 and below 1 such as 0.5; what is absolute goes to"
                                    + " smart_limit_remove_io_threshold and smart_limit_remove_bps_threshold",
                            text -> Scalars.decimal(text).filter(number -> number > 0 && number < 1)),
                    "all rates are below this fraction of the reference, where there is none of the trigger's threshold")
            .withDefault("0.5");
    static final ConfigKey<Long> IOPS = of(
                    "smart_limit_remove_io_threshold",
                    absolute("a whole number of operations a second, at least 1", LimitKey.RIOPS),
                    "rates of operations are below it; instead of the fraction")
            .in("operations/s");
    static final ConfigKey<Long> BPS = of(
                    "smart_limit_remove_bps_threshold",
                    absolute("a whole number of bytes a second, at least 1", LimitKey.RBPS),
                    "rates of bytes are below it; instead of the fraction")
            .in("bytes/s");
    static final ConfigKey<Duration> DELAY = of(
                    "smart_limit_remove_delay",
                    Types.minutes(Duration.ZERO, LONGEST),
                    "how long a limit stays at least after it was set or changed")
            .in("min")
            .withDefault("5");
    static final ConfigKey<Duration> CHECK_INTERVAL = of(
                    "smart_limit_remove_check_interval",
                    Types.minutes(Duration.ofSeconds(1), LONGEST),
                    "time between two checks whether a limit may go")
            .in("min")
            .withDefault("1");

    static final KeyGroup GROUP = new KeyGroup(
            "Smart limit: release",
            "When a smart limit is taken back: all rates of the container are below the remove threshold.",
            List.of(FRACTION, IOPS, BPS, DELAY, CHECK_INTERVAL));

    private SmartReleaseKeys() {}

    static SmartRelease settings(ConfigValues values) {
        return new SmartRelease(
                threshold(values, IOPS), threshold(values, BPS), values.get(DELAY), values.get(CHECK_INTERVAL));
    }

    private static Threshold threshold(ConfigValues values, ConfigKey<Long> absolute) {
        return values.find(absolute)
                .<Threshold>map(Threshold.PerSecond::new)
                .orElseGet(() -> new Threshold.Fraction(values.get(FRACTION)));
    }

    private static ValueType<Long> absolute(String expected, LimitKey kind) {
        return ValueType.scalar(expected, text -> Scalars.amount(text, kind).filter(number -> number >= 1));
    }
}
