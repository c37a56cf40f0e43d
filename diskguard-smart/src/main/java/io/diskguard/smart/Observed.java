/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.smart;

import io.diskguard.model.DeviceId;
import io.diskguard.model.Disk;
import io.diskguard.model.IoCounters;
import io.diskguard.model.IoLimit;
import io.diskguard.model.IoRates;
import io.diskguard.model.LimitKey;
import io.diskguard.model.Rate;
import io.diskguard.policy.smart.Round.Sampled;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;

/**
 * One container in one round, and what it did since the round before. Immutable.
 *
 * @param limits what the kernel had then, by disk; none is unlimited
 * @param rates since the round before, where that can be told
 * @param over in how many rounds in a row it did more than its limit, by disk
 */
record Observed(
        Sampled sample, Map<DeviceId, IoLimit> limits, Map<DeviceId, IoRates> rates, Map<DeviceId, Integer> over) {
    /** In less time what the throttle lets through at once, a slice of 0.1 s, shows. */
    private static final Duration LEAST = Duration.ofSeconds(10);

    /** A limit holds within 3 % (measured), and what was saved while idling passes at once: a tenth more is neither. */
    private static final double TOLERANCE = 1.1;

    static Observed first(Sampled sample, Map<DeviceId, IoLimit> limits) {
        return new Observed(sample, limits, Map.of(), Map.of());
    }

    /** The container in a later round; this one, if too little time has passed to tell. */
    Observed next(Sampled later, Map<DeviceId, IoLimit> kernel) {
        if (!later.id().equals(sample.id()) || !later.source().equals(sample.source()) || !kernel.equals(limits)) {
            return first(later, kernel);
        }
        var nanos = later.nanos() - sample.nanos();
        if (nanos < LEAST.toNanos()) {
            return this;
        }
        var did = new HashMap<DeviceId, IoRates>();
        var more = new HashMap<DeviceId, Integer>();
        later.counters()
                .forEach((disk, now) -> difference(disk, now, nanos / 1e9).ifPresent(rate -> {
                    did.put(disk.id(), rate);
                    if (!exceeded(rate, kernel.getOrDefault(disk.id(), IoLimit.UNLIMITED))
                            .isEmpty()) {
                        more.put(disk.id(), over.getOrDefault(disk.id(), 0) + 1);
                    }
                }));
        return new Observed(later, kernel, did, more);
    }

    /** Empty if the counters began anew. */
    private Optional<IoRates> difference(Disk disk, IoCounters now, double seconds) {
        return Optional.ofNullable(sample.counters().get(disk))
                .filter(was -> now.rbytes() >= was.rbytes()
                        && now.wbytes() >= was.wbytes()
                        && now.rios() >= was.rios()
                        && now.wios() >= was.wios())
                .map(was -> new IoRates(
                        (now.rios() - was.rios()) / seconds,
                        (now.wios() - was.wios()) / seconds,
                        (now.rbytes() - was.rbytes()) / seconds,
                        (now.wbytes() - was.wbytes()) / seconds));
    }

    /** Which numbers did not hold, for people; empty if all did. */
    static String exceeded(IoRates rates, IoLimit limit) {
        var words = new StringJoiner(", ");
        for (var key : LimitKey.values()) {
            if (limit.get(key) instanceof Rate.PerSecond most && rates.get(key) > most.value() * TOLERANCE) {
                words.add(String.format(
                        Locale.ROOT, "%s %.0f/s, the kernel has %d/s", key.key(), rates.get(key), most.value()));
            }
        }
        return words.toString();
    }
}
