/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.smart;

import io.diskguard.model.Disk;
import io.diskguard.policy.smart.Moment;
import io.diskguard.policy.smart.Round;
import io.diskguard.policy.smart.Watched;
import io.diskguard.spi.Environment;
import io.diskguard.spi.IoSignals;
import io.diskguard.spi.IoStatsSource;
import io.diskguard.spi.IoStatsSource.Counting;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** When rounds of sampling are, and what they need. Used by the loop's thread. */
final class Rounds {
    private static final String COUNTS = "";

    private final Environment environment;
    private final Optional<Source> source;
    private Duration interval;
    private boolean pressure;
    private final BiConsumer<Disk, String> countingOff;
    private final Consumer<Disk> countingOn;
    private final Map<Disk, String> counting = new HashMap<>();
    private Optional<Sampler> running = Optional.empty();
    private boolean begun;
    private long next;

    /** Who is asked. */
    record Source(IoStatsSource stats, Optional<IoSignals> signals) {}

    /** A round, and the containers that were to be sampled. */
    record Done(Round round, List<Watched> watched) {}

    /**
     * @param source empty: there are no rounds
     * @param pressure whether the containers' pressure is asked for
     * @param countingOff told of disks on which the kernel does not count, and why
     * @param countingOn told of those on which it counts again
     */
    Rounds(
            Environment environment,
            Optional<Source> source,
            Duration interval,
            boolean pressure,
            BiConsumer<Disk, String> countingOff,
            Consumer<Disk> countingOn) {
        this.environment = environment;
        this.source = source;
        this.interval = interval;
        this.pressure = pressure;
        this.countingOff = countingOff;
        this.countingOn = countingOn;
        this.next = environment.ticker().nanos();
    }

    /**
     * Goes on at another interval, counted from when the last round was due: at once where that is over already. A round that
     * is under way goes on as it began.
     */
    void reconfigure(Duration every, boolean withPressure) {
        if (begun && !every.equals(interval)) {
            var now = environment.ticker().nanos();
            next = now + Math.max(0, next - interval.toNanos() + every.toNanos() - now);
        }
        interval = every;
        pressure = withPressure;
        // Who counts may be another one now
        counting.values().removeIf(COUNTS::equals);
    }

    Moment now() {
        return new Moment(environment.ticker().nanos(), environment.clock().instant());
    }

    Optional<Done> step(Roster roster, BooleanSupplier idle) {
        if (source.isEmpty()) {
            return Optional.empty();
        }
        if (running.isEmpty()) {
            if (environment.ticker().nanos() - next < 0) {
                return Optional.empty();
            }
            running = Optional.of(begin(source.get(), roster));
        }
        var sampler = running.get();
        var done = sampler.step(idle).map(round -> new Done(round, sampler.watched()));
        if (done.isPresent()) {
            running = Optional.empty();
        }
        return done;
    }

    private Sampler begin(Source from, Roster roster) {
        // From when it was due, so that rounds do not drift; from now where several were missed
        begun = true;
        var now = environment.ticker().nanos();
        next = now - next >= interval.toNanos() ? now + interval.toNanos() : next + interval.toNanos();
        var watched = roster.watched();
        return new Sampler(
                environment, from.stats(), from.signals(), pressure, watched, roster.absent(), counted(from, watched));
    }

    /** The disks on which the kernel counts, which it is told to where it does not by itself. */
    private Set<Disk> counted(Source from, List<Watched> watched) {
        var counted = new HashSet<Disk>();
        watched.stream().flatMap(each -> each.disks().stream()).distinct().forEach(disk -> {
            if (isCounted(from, disk)) {
                counted.add(disk);
            }
        });
        counting.keySet()
                .retainAll(
                        watched.stream().flatMap(each -> each.disks().stream()).toList());
        return counted;
    }

    private boolean isCounted(Source from, Disk disk) {
        var before = counting.get(disk);
        var off = off(from.stats(), disk, COUNTS.equals(before));
        counting.put(disk, off);
        if (!off.equals(COUNTS) && !off.equals(before)) {
            countingOff.accept(disk, off);
        } else if (before != null && !off.equals(before)) {
            countingOn.accept(disk);
        }
        return off.equals(COUNTS);
    }

    private static String off(IoStatsSource stats, Disk disk, boolean started) {
        try {
            return !started && stats.startCounting(disk.id()) instanceof Counting.Off no
                    ? no.reason()
                    : stats.counting(disk.id()) instanceof Counting.OnlyThrottled some ? some.reason() : COUNTS;
        } catch (Exception | LinkageError | StackOverflowError | AssertionError failure) {
            return "asking whether it is counted failed: " + failure;
        }
    }

    /** How long until the next one; zero while one is under way. */
    Duration untilDue() {
        if (source.isEmpty()) {
            return interval;
        }
        return running.isPresent()
                ? Duration.ZERO
                : Duration.ofNanos(Math.max(0, next - environment.ticker().nanos()));
    }
}
