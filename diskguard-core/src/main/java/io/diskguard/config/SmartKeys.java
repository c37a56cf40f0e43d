/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.config;

import static io.diskguard.config.ConfigKey.of;

import io.diskguard.model.LimitKey;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The limits that follow the load: everything but their windows and their release. */
final class SmartKeys {
    static final ConfigKey<Boolean> ENABLED = of(
                    "smart_limit_enabled", Types.FLAG, "limit containers that use more than their share")
            .withDefault("false");
    static final ConfigKey<SmartSettings.Mode> MODE = of(
                    "smart_limit_mode",
                    Types.constant(SmartSettings.Mode.values()),
                    "shadow decides and reports, and writes nothing")
            .withDefault("enforce");
    static final ConfigKey<String> ANNOTATION_PREFIX = of(
                    "smart_limit_annotation_prefix",
                    Types.SUBDOMAIN,
                    "the prefix of the annotations that mirror smart limits")
            .withDefault("iops-limit");
    static final ConfigKey<Duration> MONITOR_INTERVAL = of(
                    "smart_limit_monitor_interval",
                    Types.seconds(Duration.ofSeconds(1), Duration.ofHours(1)),
                    "time between two samples of the counters")
            .in("s")
            .withDefault("60");
    static final ConfigKey<SmartSettings.Reference> REFERENCE = of(
                    "smart_limit_reference",
                    Types.constant(SmartSettings.Reference.values()),
                    "what fractions are of: disk is data_total_*, limit is the static limit in force, else the disk")
            .withDefault("disk");
    static final ConfigKey<Long> AUTO_IOPS = of(
                    "smart_limit_auto_iops", Types.OPERATIONS, "the least limit that a computed one may reach")
            .in("operations/s")
            .withDefault("0");
    static final ConfigKey<Long> AUTO_BPS = of(
                    "smart_limit_auto_bps", Types.BYTES, "the least limit that a computed one may reach")
            .in("bytes/s")
            .withDefault("0");
    static final ConfigKey<Long> MIN_IOPS = of("smart_limit_min_iops", Types.OPERATIONS, "floor of computed limits")
            .in("operations/s")
            .withDefault("50");
    static final ConfigKey<Long> MIN_BPS = of("smart_limit_min_bps", Types.BYTES, "floor of computed limits")
            .in("bytes/s")
            .withDefault("1048576");
    static final ConfigKey<Boolean> USE_KUBELET = of(
                    "smart_limit_use_kubelet_api",
                    Types.FLAG,
                    "take statistics from the kubelet, and only else from cgroup files; false: the other way round")
            .withDefault("false");
    static final ConfigKey<Boolean> UNDER_PRESSURE = of(
                    "smart_limit_only_under_pressure", Types.FLAG, "limit only while the disk is contended")
            .withDefault("false");
    static final ConfigKey<Double> SOME_PERCENT = of(
                    "pressure_some_percent",
                    ValueType.scalar("a percentage from 0 to 100", text -> Scalars.decimal(text)
                            .filter(percent -> percent <= 100)),
                    "some avg60 of a container's io.pressure from which its disk is contended (cgroup v2)")
            .in("%")
            .withDefault("10");
    static final ConfigKey<Double> AWAIT_FACTOR = of(
                    "pressure_await_factor",
                    ValueType.scalar("a factor of at least 1", text -> Scalars.decimal(text)
                            .filter(factor -> factor >= 1)),
                    "how many times its median of an hour the time of a request on the disk is when it is contended")
            .withDefault("3");

    static final KeyGroup GROUP = new KeyGroup(
            "Smart limit",
            "Limits for containers whose load was high for some time. They only ever tighten.",
            List.of(
                    ENABLED,
                    MODE,
                    ANNOTATION_PREFIX,
                    MONITOR_INTERVAL,
                    REFERENCE,
                    AUTO_IOPS,
                    AUTO_BPS,
                    MIN_IOPS,
                    MIN_BPS,
                    USE_KUBELET,
                    UNDER_PRESSURE,
                    SOME_PERCENT,
                    AWAIT_FACTOR));

    private SmartKeys() {}

    static SmartSettings settings(ConfigValues values) {
        var pressure = values.get(UNDER_PRESSURE)
                ? Optional.of(new PressureGate(values.get(SOME_PERCENT), values.get(AWAIT_FACTOR)))
                : Optional.<PressureGate>empty();
        return new SmartSettings(
                values.get(ENABLED),
                values.get(MODE),
                values.get(MONITOR_INTERVAL),
                SmartWindowKeys.inForce(values),
                values.get(REFERENCE),
                least(LimitKey.RIOPS, values.get(AUTO_IOPS), values.get(MIN_IOPS)),
                least(LimitKey.RBPS, values.get(AUTO_BPS), values.get(MIN_BPS)),
                SmartReleaseKeys.settings(values),
                values.get(USE_KUBELET),
                pressure);
    }

    private static long least(LimitKey kind, long auto, long min) {
        return Math.max(kind.floor(), Math.max(auto, min));
    }
}
