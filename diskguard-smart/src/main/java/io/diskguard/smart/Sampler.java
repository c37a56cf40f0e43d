/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.smart;

import io.diskguard.model.ContainerKey;
import io.diskguard.model.DeviceId;
import io.diskguard.model.Disk;
import io.diskguard.model.DiskActivity;
import io.diskguard.model.IoCounters;
import io.diskguard.model.IoPressure;
import io.diskguard.policy.smart.Moment;
import io.diskguard.policy.smart.Round;
import io.diskguard.policy.smart.Watched;
import io.diskguard.spi.Environment;
import io.diskguard.spi.IoSignals;
import io.diskguard.spi.IoStatsSource;
import io.diskguard.spi.IoStatsSource.Sample;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** One round of sampling, in pieces where there is something better to do. Used by the loop's thread. */
final class Sampler {
    /** So many containers are sampled at once, whatever waits: about a millisecond. */
    private static final int AT_ONCE = 64;

    private final Environment environment;
    private final IoStatsSource stats;
    private final Optional<IoSignals> signals;
    private final boolean pressure;
    private final List<Watched> watched;
    private final Set<ContainerKey> absent;
    private final Set<Disk> counting;
    private final List<Round.Sampled> samples = new ArrayList<>();
    private int next;

    /**
     * @param pressure whether the containers' pressure is asked for
     * @param counting disks on which the kernel counts: a container that it tells nothing of did nothing there
     */
    Sampler(
            Environment environment,
            IoStatsSource stats,
            Optional<IoSignals> signals,
            boolean pressure,
            List<Watched> watched,
            Set<ContainerKey> absent,
            Set<Disk> counting) {
        this.environment = environment;
        this.stats = stats;
        this.signals = signals;
        this.pressure = pressure;
        this.watched = watched;
        this.absent = new HashSet<>(absent);
        this.counting = counting;
    }

    /** Goes on while there is nothing better to do; the round, once it is complete. */
    Optional<Round> step(BooleanSupplier idle) {
        do {
            var end = Math.min(watched.size(), next + AT_ONCE);
            while (next < end) {
                sample(watched.get(next++));
            }
        } while (next < watched.size() && idle.getAsBoolean());
        return next < watched.size() ? Optional.empty() : Optional.of(round());
    }

    List<Watched> watched() {
        return watched;
    }

    private void sample(Watched container) {
        var counters = new HashMap<Disk, IoCounters>();
        for (var disk : container.disks()) {
            if (counting.contains(disk)) {
                counters.put(disk, new IoCounters(0, 0, 0, 0));
            }
        }
        var answer = stats.sample(container.cgroup(), (id, rbytes, wbytes, rios, wios) -> {
            for (var use : container.uses()) {
                if (use.disk().id().equals(id)) {
                    counters.put(use.disk(), new IoCounters(rbytes, wbytes, rios, wios));
                }
            }
        });
        if (answer instanceof Sample.Counted counted) {
            samples.add(new Round.Sampled(
                    container.key(),
                    container
                            .container()
                            .id()
                            .map(Object::toString)
                            .orElse(container.cgroup().name()),
                    stats.lastSource(),
                    environment.ticker().nanos() - counted.age().toNanos(),
                    counters,
                    pressure ? pressure(container) : Optional.empty()));
        } else if (answer instanceof Sample.Gone) {
            absent.add(container.key());
        }
    }

    private Optional<IoPressure> pressure(Watched container) {
        return signals.map(from -> from.ofCgroup(container.cgroup()))
                .filter(IoSignals.PressureResult.Known.class::isInstance)
                .map(known -> ((IoSignals.PressureResult.Known) known).pressure());
    }

    private Round round() {
        // One that ended may be there under its next id already
        samples.forEach(sample -> absent.remove(sample.container()));
        return new Round(
                new Moment(environment.ticker().nanos(), environment.clock().instant()), samples, absent, activity());
    }

    private Map<DeviceId, DiskActivity> activity() {
        var disks = new HashMap<DeviceId, DiskActivity>();
        signals.ifPresent(from -> watched.stream()
                .flatMap(each -> each.disks().stream())
                .map(Disk::id)
                .distinct()
                .forEach(disk -> {
                    if (from.activity(disk) instanceof IoSignals.ActivityResult.Known known) {
                        disks.put(disk, known.activity());
                    }
                }));
        return disks;
    }
}
