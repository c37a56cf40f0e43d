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
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One round of sampling, in pieces where there is something better to do. Used by the loop's thread. */
final class Sampler {
    private static final Logger LOG = LoggerFactory.getLogger(Sampler.class);

    /** So many containers are sampled at once, whatever waits: about a millisecond. */
    private static final int AT_ONCE = 64;

    private static final Duration OLDEST = Duration.ofDays(1);

    private final Environment environment;
    private final IoStatsSource stats;
    private final Optional<IoSignals> signals;
    private final boolean pressure;
    private final List<Watched> watched;
    private final Set<ContainerKey> absent;
    private final Set<Disk> counting;
    private final List<Round.Sampled> samples = new ArrayList<>();
    private int next;
    /** Once a round, not once a container. */
    private boolean isTold;

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
        var answer = ask(container, (id, rbytes, wbytes, rios, wios) -> {
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
                    source(),
                    environment.ticker().nanos() - counted.age().toNanos(),
                    counters,
                    pressure ? pressure(container) : Optional.empty()));
        } else if (answer instanceof Sample.Gone) {
            absent.add(container.key());
        }
    }

    private String source() {
        try {
            return String.valueOf(stats.lastSource());
        } catch (Exception | LinkageError | StackOverflowError | AssertionError failure) {
            failed("asking for the source of the counters", failure);
            return "";
        }
    }

    /** A source that fails has no answer about this container, and is asked about the next. */
    private Sample ask(Watched container, IoStatsSource.Sink sink) {
        try {
            var answer = Objects.requireNonNull(stats.sample(container.cgroup(), sink), "sample() gave null");
            return answer instanceof Sample.Counted counted && counted.age().compareTo(OLDEST) > 0
                    ? new Sample.Unavailable("its counters are " + counted.age() + " old")
                    : answer;
        } catch (Exception | LinkageError | StackOverflowError | AssertionError failure) {
            return failed("reading the counters of " + container.cgroup(), failure);
        }
    }

    private Sample.Unavailable failed(String what, Throwable failure) {
        if (!isTold) {
            isTold = true;
            LOG.warn("{} failed", what, failure);
        }
        return new Sample.Unavailable(failure.toString());
    }

    private Optional<IoPressure> pressure(Watched container) {
        try {
            return pressureOf(container);
        } catch (Exception | LinkageError | StackOverflowError | AssertionError failure) {
            failed("reading the pressure of " + container.cgroup(), failure);
            return Optional.empty();
        }
    }

    private Optional<IoPressure> pressureOf(Watched container) {
        return signals.flatMap(from -> from.ofCgroup(container.cgroup()).toOptional());
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
                .forEach(disk -> activity(from, disk).ifPresent(known -> disks.put(disk, known))));
        return disks;
    }

    private Optional<DiskActivity> activity(IoSignals from, DeviceId disk) {
        try {
            return from.activity(disk).toOptional();
        } catch (Exception | LinkageError | StackOverflowError | AssertionError failure) {
            failed("reading the activity of " + disk, failure);
            return Optional.empty();
        }
    }
}
