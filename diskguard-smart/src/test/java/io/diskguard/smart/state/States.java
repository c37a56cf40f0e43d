/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.smart.state;

import io.diskguard.config.PressureGate;
import io.diskguard.config.SmartRelease;
import io.diskguard.config.SmartSettings;
import io.diskguard.config.SmartWindow;
import io.diskguard.config.Threshold;
import io.diskguard.model.DeviceId;
import io.diskguard.model.IoLimit;
import io.diskguard.model.LimitKey;
import io.diskguard.model.Rate;
import io.diskguard.policy.smart.SmartLimit;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/** Settings and limits for these tests. */
final class States {
    static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    static final Duration DELAY = Duration.ofMinutes(5);
    static final DeviceId SDA = new DeviceId(8, 0);
    static final DeviceId SDB = new DeviceId(8, 16);

    private States() {}

    /** The window of 15 minutes has a limit of operations, that of 30 minutes computes both. */
    static SmartSettings settings() {
        var threshold = new Threshold.Fraction(0.8);
        var fifteen = new SmartWindow(
                "15m", Duration.ofMinutes(15), threshold, threshold, OptionalLong.of(300), OptionalLong.empty());
        var thirty = new SmartWindow(
                "30m", Duration.ofMinutes(30), threshold, threshold, OptionalLong.empty(), OptionalLong.empty());
        return new SmartSettings(
                true,
                SmartSettings.Mode.ENFORCE,
                Duration.ofMinutes(1),
                List.of(fifteen, thirty),
                SmartSettings.Reference.DISK,
                50,
                1 << 20,
                new SmartRelease(threshold, threshold, DELAY, Duration.ofMinutes(1)),
                false,
                Optional.<PressureGate>empty());
    }

    static SmartStateCodec codec() {
        return new SmartStateCodec("iops-limit", settings());
    }

    /** Set so many minutes before {@link #NOW}; 0 is no limit. */
    static SmartLimit limit(String window, int minutes, long riops, long wiops, long rbps, long wbps) {
        var rates = new IoLimit(rate(riops), rate(wiops), rate(rbps), rate(wbps));
        return new SmartLimit(
                window, NOW.minus(Duration.ofMinutes(minutes)), rates, DELAY, window + "[ReadIOPS:0.92>0.80]");
    }

    private static Rate rate(long number) {
        return Rate.ofZeroIsUnlimited(number);
    }

    static TreeMap<String, SortedMap<DeviceId, SmartLimit>> container(String name, SmartLimit onSda) {
        var state = new TreeMap<String, SortedMap<DeviceId, SmartLimit>>();
        state.put(name, new TreeMap<>(Map.of(SDA, onSda)));
        return state;
    }

    /** The annotations after the changes. */
    static Map<String, String> after(Map<String, String> annotations, Map<String, Optional<String>> changes) {
        var after = new HashMap<>(annotations);
        changes.forEach((key, value) -> value.ifPresentOrElse(text -> after.put(key, text), () -> after.remove(key)));
        return after;
    }

    static long number(SmartLimit limit, LimitKey key) {
        return limit.rates().get(key) instanceof Rate.PerSecond number ? number.value() : 0;
    }
}
