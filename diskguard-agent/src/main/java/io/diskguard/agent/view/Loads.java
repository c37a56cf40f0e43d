/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.view;

import io.diskguard.model.ContainerKey;
import io.diskguard.model.DeviceId;
import io.diskguard.model.DiskActivity;
import io.diskguard.model.IoCounters;
import io.diskguard.model.IoRates;
import io.diskguard.policy.smart.Moment;
import io.diskguard.policy.smart.Round;
import io.diskguard.policy.smart.Watched;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the containers and the disks do, as of the last round of sampling and in the hour before. Thread-safe. */
final class Loads {
    private static final long SECOND = 1_000_000_000;

    private final Map<ContainerKey, Map<DeviceId, Load>> containers = new HashMap<>();
    private final Map<DeviceId, DiskLoad> disks = new HashMap<>();
    private Optional<Moment> begin = Optional.empty();
    private Optional<Moment> last = Optional.empty();

    synchronized void sampled(Round round, List<Watched> watched) {
        begin = begin.or(() -> Optional.of(round.at()));
        last = Optional.of(round.at());
        var now = second(round.at().nanos());
        for (var sample : round.samples()) {
            var loads = containers.computeIfAbsent(sample.container(), absent -> new HashMap<>(2));
            sample.counters().forEach((disk, counters) -> loads.computeIfAbsent(disk.id(), absent -> new Load(now))
                    .sampled(sample, counters, now));
            loads.keySet().removeIf(id -> sample.counters().keySet().stream()
                    .noneMatch(disk -> disk.id().equals(id)));
        }
        var there = new HashSet<>(round.absent());
        watched.forEach(each -> there.add(each.key()));
        containers.keySet().retainAll(there);
        round.absent()
                .forEach(container ->
                        containers.getOrDefault(container, Map.of()).values().forEach(Load::absent));
        containers.values().forEach(loads -> loads.values().forEach(load -> load.forget(now)));
    }

    /** What the disks did up to the last round; those that are not among them are forgotten. */
    synchronized void sampled(Map<DeviceId, DiskLoad.Reading> read) {
        last.ifPresent(at -> {
            disks.keySet().retainAll(read.keySet());
            read.forEach((disk, reading) ->
                    disks.computeIfAbsent(disk, absent -> new DiskLoad()).sampled(reading, second(reading.nanos())));
        });
    }

    synchronized Optional<Instant> lastRound() {
        return last.map(Moment::instant);
    }

    synchronized Optional<IoCounters> counters(ContainerKey container, DeviceId disk) {
        return load(container, disk).flatMap(Load::counters);
    }

    synchronized Optional<IoRates> rates(ContainerKey container, DeviceId disk) {
        return load(container, disk).flatMap(Load::rates);
    }

    synchronized List<LoadPoint> history(ContainerKey container, DeviceId disk) {
        return load(container, disk).map(it -> it.history(now(), this::instant)).orElseGet(List::of);
    }

    synchronized Optional<IoRates> trend(ContainerKey container, DeviceId disk, Duration window) {
        return load(container, disk).map(it -> it.trend(now(), Math.toIntExact(window.toSeconds())));
    }

    synchronized Optional<DiskActivity.Rates> rates(DeviceId disk) {
        return Optional.ofNullable(disks.get(disk)).flatMap(DiskLoad::rates);
    }

    synchronized List<DiskPoint> history(DeviceId disk) {
        return Optional.ofNullable(disks.get(disk))
                .map(it -> it.history(now(), this::instant))
                .orElseGet(List::of);
    }

    private Optional<Load> load(ContainerKey container, DeviceId disk) {
        return Optional.ofNullable(containers.getOrDefault(container, Map.of()).get(disk));
    }

    private int now() {
        return second(last.orElseThrow().nanos());
    }

    private int second(long nanos) {
        return Math.toIntExact((nanos - begin.orElseThrow().nanos()) / SECOND);
    }

    private Instant instant(int second) {
        return last.orElseThrow().instant().minusSeconds(now() - second);
    }
}
