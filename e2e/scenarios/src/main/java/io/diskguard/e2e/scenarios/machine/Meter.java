/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.e2e.scenarios.machine;

import io.diskguard.cgroup.v2.IoStat;
import io.diskguard.model.CgroupPath;
import io.diskguard.model.DeviceId;
import io.diskguard.model.IoCounters;
import io.diskguard.model.IoRates;
import io.diskguard.spi.CounterMap;
import io.diskguard.spi.IoStatsSource.Sample;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** What the kernel counts in {@code io.stat} over a stretch of time. */
public final class Meter {
    /** After a change the kernel's slices settle first: a limit that was lowered shows a burst and a pause. */
    public static final Duration SETTLE = Duration.ofSeconds(5);

    /** Long enough for a slice of the throttle (0.1 s) to be less than 2 %. */
    public static final Duration WINDOW = Duration.ofSeconds(8);

    private static final IoCounters NOTHING = new IoCounters(0, 0, 0, 0);

    private final Cgroups cgroups;

    public Meter(Cgroups cgroups) {
        this.cgroups = cgroups;
    }

    /** A cgroup on a disk. */
    public record Place(CgroupPath cgroup, DeviceId disk) {}

    /** What the places did in the time that passes from now on, in the same order. */
    public List<IoRates> over(Duration time, List<Place> places) {
        var before = read(places);
        pass(time);
        var after = read(places);
        var rates = new ArrayList<IoRates>();
        for (int i = 0; i < places.size(); i++) {
            rates.add(rates(before.get(i), after.get(i)));
        }
        return rates;
    }

    /** The counters now. */
    public IoCounters counters(CgroupPath cgroup, DeviceId disk) {
        return read(List.of(new Place(cgroup, disk))).get(0).counters;
    }

    /** Lets time pass; the only place where a scenario does nothing but wait. */
    public static void pass(Duration time) {
        var end = System.nanoTime() + time.toNanos();
        for (var left = time.toNanos(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    record Reading(long nanos, IoCounters counters) {}

    private List<Reading> read(List<Place> places) {
        var readings = new ArrayList<Reading>();
        try (var stat = new IoStat(cgroups.fs())) {
            for (var place : places) {
                var map = new CounterMap();
                var at = System.nanoTime();
                if (!(stat.sample(place.cgroup, map) instanceof Sample.Counted)) {
                    throw new AssertionError("io.stat of " + place.cgroup + " cannot be read");
                }
                readings.add(new Reading(at, map.counters().getOrDefault(place.disk, NOTHING)));
            }
        }
        return readings;
    }

    static IoRates rates(Reading before, Reading after) {
        var seconds = (after.nanos - before.nanos) / 1e9;
        var from = before.counters;
        var to = after.counters;
        return new IoRates(
                (to.rios() - from.rios()) / seconds,
                (to.wios() - from.wios()) / seconds,
                (to.rbytes() - from.rbytes()) / seconds,
                (to.wbytes() - from.wbytes()) / seconds);
    }
}
