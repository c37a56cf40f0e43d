/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.top;

import io.diskguard.model.CgroupPath;
import io.diskguard.model.DeviceId;
import io.diskguard.model.IoCounters;
import io.diskguard.model.IoRates;
import io.diskguard.spi.IoStatsSource;
import io.diskguard.spi.Ticker;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What containers did, and so do a second. Not thread-safe. */
final class Counts {
    private final IoStatsSource stats;
    private final Ticker ticker;
    private Map<CgroupPath, Sampled> before = Map.of();
    private final Map<CgroupPath, Sampled> now = new HashMap<>();

    /** @param isGone whether the cgroup is not there any more */
    record Sampled(
            boolean isGone,
            Map<DeviceId, IoCounters> counters,
            Map<DeviceId, IoRates> rates,
            long nanos,
            String source) {}

    Counts(IoStatsSource stats, Ticker ticker) {
        this.stats = stats;
        this.ticker = ticker;
    }

    /** A new round: what was sampled until now is what rates are taken against. */
    void next() {
        before = Map.copyOf(now);
        now.clear();
    }

    /** Once in a round. */
    Sampled sample(CgroupPath cgroup) {
        return now.computeIfAbsent(cgroup, this::read);
    }

    private Sampled read(CgroupPath cgroup) {
        var counters = new HashMap<DeviceId, IoCounters>();
        var answer = stats.sample(
                cgroup,
                (disk, rbytes, wbytes, rios, wios) -> counters.put(disk, new IoCounters(rbytes, wbytes, rios, wios)));
        if (!(answer instanceof IoStatsSource.Sample.Counted counted)) {
            return new Sampled(answer instanceof IoStatsSource.Sample.Gone, Map.of(), Map.of(), 0, "");
        }
        var nanos = ticker.nanos() - counted.age().toNanos();
        var source = stats.lastSource();
        var last = Optional.ofNullable(before.get(cgroup))
                .filter(it -> it.source().equals(source) && !it.counters().isEmpty());
        if (last.filter(it -> it.nanos() == nanos).isPresent()) {
            // A source without anything newer: what it said holds
            return last.get();
        }
        var rates = new HashMap<DeviceId, IoRates>();
        counters.forEach((disk, to) -> last.flatMap(
                        it -> since(Optional.ofNullable(it.counters().get(disk)), to, nanos - it.nanos()))
                .ifPresent(rate -> rates.put(disk, rate)));
        return new Sampled(false, Map.copyOf(counters), Map.copyOf(rates), nanos, source);
    }

    /** Empty where one went backwards. What a disk was not yet listed with was nothing. */
    private static Optional<IoRates> since(Optional<IoCounters> earlier, IoCounters to, long nanos) {
        var from = earlier.orElseGet(() -> new IoCounters(0, 0, 0, 0));
        var seconds = nanos / 1e9;
        return nanos <= 0
                        || to.rbytes() < from.rbytes()
                        || to.wbytes() < from.wbytes()
                        || to.rios() < from.rios()
                        || to.wios() < from.wios()
                ? Optional.empty()
                : Optional.of(new IoRates(
                        (to.rios() - from.rios()) / seconds,
                        (to.wios() - from.wios()) / seconds,
                        (to.rbytes() - from.rbytes()) / seconds,
                        (to.wbytes() - from.wbytes()) / seconds));
    }
}
