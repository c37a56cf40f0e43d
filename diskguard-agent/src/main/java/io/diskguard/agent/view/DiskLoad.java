/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.view;

import io.diskguard.model.DiskActivity;
import io.diskguard.model.IoRates;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;

/** What a disk does. Not thread-safe. */
final class DiskLoad {
    private final Track track = new Track(5);
    private Optional<Reading> last = Optional.empty();
    private Optional<Reading> kept = Optional.empty();
    private int keptAt;
    private Optional<DiskActivity.Rates> rates = Optional.empty();

    /** What the kernel said at a time of the ticker. */
    record Reading(DiskActivity activity, long nanos) {
        Optional<DiskActivity.Rates> since(Reading before) {
            return nanos <= before.nanos
                    ? Optional.empty()
                    : activity.since(before.activity, Duration.ofNanos(nanos - before.nanos));
        }
    }

    void sampled(Reading now, int second) {
        rates = last.flatMap(now::since);
        last = Optional.of(now);
        if (kept.isEmpty() || second - keptAt >= track.spacing()) {
            kept.flatMap(now::since)
                    .ifPresent(did -> track.add(
                            keptAt,
                            second,
                            (float) did.utilisation(),
                            (float) did.riops(),
                            (float) did.wiops(),
                            (float) did.rbps(),
                            (float) did.wbps()));
            kept = Optional.of(now);
            keptAt = second;
        }
    }

    Optional<DiskActivity.Rates> rates() {
        return rates;
    }

    List<DiskPoint> history(int now, IntFunction<Instant> times) {
        return track.points(
                now,
                (second, it) -> new DiskPoint(times.apply(second), it[0], new IoRates(it[1], it[2], it[3], it[4])));
    }
}
