/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.view;

import io.diskguard.model.IoCounters;
import io.diskguard.model.IoRates;
import io.diskguard.policy.smart.Round;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;

/** What a container does on one disk. Not thread-safe. */
final class Load {
    private static final double SECOND = 1e9;

    private final Track track = new Track(4);
    private final int since;
    private Optional<Reading> last = Optional.empty();
    private Optional<Reading> kept = Optional.empty();
    private Optional<IoRates> rates = Optional.empty();

    /** Counters as they were read. */
    private record Reading(String id, String source, long nanos, int second, IoCounters counters) {
        /** Nothing where the two cannot be compared: another container, another who counts, or nothing newer. */
        Optional<IoRates> since(Reading before) {
            var seconds = (nanos - before.nanos) / SECOND;
            var from = before.counters;
            var isComparable = id.equals(before.id)
                    && source.equals(before.source)
                    && seconds > 0
                    && counters.rios() >= from.rios()
                    && counters.wios() >= from.wios()
                    && counters.rbytes() >= from.rbytes()
                    && counters.wbytes() >= from.wbytes();
            return isComparable
                    ? Optional.of(new IoRates(
                            (counters.rios() - from.rios()) / seconds,
                            (counters.wios() - from.wios()) / seconds,
                            (counters.rbytes() - from.rbytes()) / seconds,
                            (counters.wbytes() - from.wbytes()) / seconds))
                    : Optional.empty();
        }
    }

    /** @param since when it was first seen */
    Load(int since) {
        this.since = since;
    }

    void sampled(Round.Sampled sample, IoCounters counters, int second) {
        var now = new Reading(sample.id(), sample.source(), sample.nanos(), second, counters);
        if (last.filter(before -> before.nanos() >= now.nanos()).isPresent()) {
            return;
        }
        rates = last.flatMap(now::since);
        last = Optional.of(now);
        if (kept.filter(before -> second - before.second() < track.spacing()).isEmpty()) {
            kept.ifPresent(reading ->
                    now.since(reading).ifPresent(done -> track.add(reading.second(), second, numbers(done))));
            kept = Optional.of(now);
        }
    }

    /** It does not run. */
    void absent() {
        rates = Optional.of(IoRates.ZERO);
        last = Optional.empty();
        kept = Optional.empty();
    }

    void forget(int now) {
        if (track.isIdle(now)) {
            track.clear();
        }
    }

    Optional<IoCounters> counters() {
        return last.map(Reading::counters);
    }

    Optional<IoRates> rates() {
        return rates;
    }

    List<LoadPoint> history(int now, IntFunction<Instant> times) {
        return track.points(now, (second, numbers) -> new LoadPoint(times.apply(second), rates(numbers)));
    }

    /** Over the window that ends now, or since it was first seen. */
    IoRates trend(int now, int window) {
        var seen = Math.max(1, Math.min(window, now - since));
        var mean = track.mean(now, seen);
        return new IoRates(mean[0], mean[1], mean[2], mean[3]);
    }

    private static float[] numbers(IoRates rates) {
        return new float[] {(float) rates.riops(), (float) rates.wiops(), (float) rates.rbps(), (float) rates.wbps()};
    }

    private static IoRates rates(float[] numbers) {
        return new IoRates(numbers[0], numbers[1], numbers[2], numbers[3]);
    }
}
