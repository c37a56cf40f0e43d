/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.smart;

import io.diskguard.config.PressureGate;
import io.diskguard.model.ContainerKey;
import io.diskguard.model.DeviceId;
import io.diskguard.model.Disk;
import io.diskguard.model.DiskActivity;
import io.diskguard.model.IoCounters;
import io.diskguard.policy.smart.Round;
import io.diskguard.policy.smart.Round.Sampled;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Tells from rounds of samples whether disks are contended. Two things speak of it, each with yes, no or not at all:
 *
 * <ul>
 *   <li>The {@code some avg60} of {@code io.pressure} (cgroup v2) of containers without a limit that did IO on the disk in
 *       the round: our own throttling is waiting too, so the others say nothing.
 *   <li>How long the disk's operations took in the round, against their median of an hour. It says nothing before half an
 *       hour of rounds; no when nothing was asked of the disk. A median below 0.1 ms counts as that: the kernel counts
 *       milliseconds.
 * </ul>
 *
 * One yes is contended, else one no is calm. Where neither speaks it cannot be told: then the disk is not contended, so
 * that nothing triggers, and not calm either, so that nothing is released early. Asks no clock. Not thread-safe.
 */
final class ContentionMeter {
    private static final long FORGET = Duration.ofHours(1).toNanos();
    private static final int MISSED_ROUNDS = 4;
    private static final double LEAST_MEDIAN_MILLIS = 0.1;

    private PressureGate gate;
    private Duration interval;
    private final Map<DeviceId, State> disks = new HashMap<>();
    private Map<ContainerKey, Sampled> before = Map.of();
    private Optional<Round> previous = Optional.empty();

    private enum Says {
        YES,
        NO,
        NOTHING;

        /** Yes wins over no, and no over nothing. */
        Says or(Says other) {
            return compareTo(other) <= 0 ? this : other;
        }
    }

    private static final class State {
        AwaitHistory history;
        Says says = Says.NOTHING;
        long calmSince;
        long seen;

        State(Duration interval) {
            history = new AwaitHistory(interval);
        }
    }

    /** @param interval between two rounds; a round much longer says nothing of the disk's operations */
    ContentionMeter(PressureGate gate, Duration interval) {
        this.gate = gate;
        this.interval = interval;
    }

    /** Another gate, another interval; what is known of the disks stays. */
    ContentionMeter at(PressureGate another, Duration every) {
        gate = another;
        if (!every.equals(interval)) {
            interval = every;
            disks.values().forEach(state -> state.history = state.history.at(every));
        }
        return this;
    }

    /** Rounds may pass unseen from here on: for how long a disk was calm is not known after them. */
    void pause() {
        previous = Optional.empty();
        before = Map.of();
        disks.values().forEach(state -> state.says = Says.NOTHING);
    }

    /**
     * Takes the next round.
     *
     * @param limited whether a limit was in force for the container on the disk
     */
    void take(Round round, BiPredicate<ContainerKey, Disk> limited) {
        var now = round.at().nanos();
        var from = previous.map(it -> it.at().nanos()).orElse(now);
        var pressure = pressure(round, limited);
        var seen = new HashSet<>(round.disks().keySet());
        seen.addAll(pressure.keySet());
        for (var disk : seen) {
            disks.computeIfAbsent(disk, id -> new State(interval)).seen = now;
        }
        disks.values().removeIf(state -> now - state.seen > FORGET);
        disks.forEach((disk, state) -> {
            var says = pressure.getOrDefault(disk, Says.NOTHING).or(await(round, disk, state));
            if (says == Says.NO && state.says != Says.NO) {
                state.calmSince = from;
            }
            state.says = says;
        });
        var sampled = new HashMap<ContainerKey, Sampled>();
        round.samples().forEach(each -> sampled.put(each.container(), each));
        before = sampled;
        previous = Optional.of(round);
    }

    /** Whether it was in the last round. */
    boolean isContended(DeviceId disk) {
        var state = disks.get(disk);
        return state != null && state.says == Says.YES;
    }

    /** For how long it has not been, up to the last round; zero while it is, or while it cannot be told. */
    Duration calm(DeviceId disk) {
        var state = disks.get(disk);
        return state == null || state.says != Says.NO || previous.isEmpty()
                ? Duration.ZERO
                : Duration.ofNanos(previous.get().at().nanos() - state.calmSince);
    }

    private Map<DeviceId, Says> pressure(Round round, BiPredicate<ContainerKey, Disk> limited) {
        var all = new HashMap<DeviceId, Says>();
        for (var each : round.samples()) {
            var last = before.get(each.container());
            // What another container or source counted tells nothing of what was done since
            if (each.pressure().isEmpty()
                    || last == null
                    || !last.id().equals(each.id())
                    || !last.source().equals(each.source())) {
                continue;
            }
            var waits = each.pressure().get().some().avg60() >= gate.somePercent() ? Says.YES : Says.NO;
            each.counters().forEach((disk, now) -> {
                if (grew(last.counters().get(disk), now) && !limited.test(each.container(), disk)) {
                    all.merge(disk.id(), waits, Says::or);
                }
            });
        }
        return all;
    }

    private static boolean grew(@Nullable IoCounters from, IoCounters to) {
        return from != null
                && (to.rios() > from.rios()
                        || to.wios() > from.wios()
                        || to.rbytes() > from.rbytes()
                        || to.wbytes() > from.wbytes());
    }

    private Says await(Round round, DeviceId disk, State state) {
        var now = round.at().nanos();
        var rates = rates(round, disk);
        if (rates.isEmpty()) {
            return Says.NOTHING;
        }
        var median = state.history.median(now);
        var await = rates.get().awaitMillis();
        state.history.add(now, elapsed(round), await);
        if (await.isEmpty()) {
            return rates.get().queued() == 0 ? Says.NO : Says.NOTHING;
        }
        if (median.isEmpty()) {
            return Says.NOTHING;
        }
        var usual = Math.max(LEAST_MEDIAN_MILLIS, median.getAsDouble());
        return await.getAsDouble() >= gate.awaitFactor() * usual ? Says.YES : Says.NO;
    }

    private Optional<DiskActivity.Rates> rates(Round round, DeviceId disk) {
        var earlier = previous.map(it -> it.disks().get(disk));
        var later = Optional.ofNullable(round.disks().get(disk));
        var elapsed = elapsed(round);
        if (earlier.isEmpty() || later.isEmpty() || elapsed <= 0 || elapsed > MISSED_ROUNDS * interval.toNanos()) {
            return Optional.empty();
        }
        return later.get().since(earlier.get(), Duration.ofNanos(elapsed));
    }

    private long elapsed(Round round) {
        return previous.map(it -> round.at().nanos() - it.at().nanos()).orElse(0L);
    }
}
