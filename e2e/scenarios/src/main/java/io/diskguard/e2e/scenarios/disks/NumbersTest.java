/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.e2e.scenarios.disks;

import static io.diskguard.e2e.scenarios.disks.Limits.limit;
import static io.diskguard.model.LimitKey.RBPS;
import static io.diskguard.model.LimitKey.RIOPS;
import static io.diskguard.model.LimitKey.WBPS;
import static io.diskguard.model.LimitKey.WIOPS;
import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.e2e.scenarios.machine.Accuracy;
import io.diskguard.e2e.scenarios.machine.Accuracy.Expected;
import io.diskguard.e2e.scenarios.machine.Machine;
import io.diskguard.e2e.scenarios.machine.Machine.Volume;
import io.diskguard.e2e.scenarios.machine.Meter;
import io.diskguard.e2e.scenarios.machine.Meter.Place;
import io.diskguard.model.LimitKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/** The four numbers of a limit: each alone, several together, on several disks at once; small blocks and large. */
public final class NumbersTest {
    private static final long MIB = 1 << 20;
    private static final int[] BLOCKS = {Loads.PAGE, Loads.LARGE};

    public NumbersTest() {}

    /** In the long form each on every disk of the machine. */
    @Test
    void eachNumberAloneHolds(TestReporter figures) {
        var machine = Machine.here();
        var turns = machine.full() ? machine.volumes().size() : 1;
        for (int turn = 0; turn < turns; turn++) {
            try (var loads = new Loads()) {
                eachNumber(loads, turn, figures);
            }
        }
    }

    private static void eachNumber(Loads loads, int turn, TestReporter figures) {
        var expected = new ArrayList<Expected>();
        var volumes = loads.volumes(turn).iterator();
        for (var key : LimitKey.values()) {
            for (var block : BLOCKS) {
                var volume = volumes.next();
                var perSecond = key.isOperations() ? 40 : block == Loads.PAGE ? 40L * block : 2 * MIB;
                var place = loads.limited(volume, limit(key, perSecond));
                load(loads, place, volume, key, block);
                expected.add(new Expected(blocks(block) + " on " + volume.name(), place, key, perSecond));
            }
        }
        new Accuracy(loads.cgroups(), figures).assertKept(expected);
    }

    @Test
    void numbersHoldTogetherAndEachDiskItsOwn(TestReporter figures) {
        try (var loads = new Loads()) {
            var expected = new ArrayList<Expected>();
            var volumes = loads.volumes(0);
            mixed(loads, volumes.get(0), Loads.PAGE, RIOPS, 60, WIOPS, 30, expected);
            mixed(loads, volumes.get(1), Loads.LARGE, RBPS, 2 * MIB, WBPS, MIB, expected);
            mixed(loads, volumes.get(2), Loads.PAGE, RIOPS, 40, WBPS, 20 * Loads.PAGE, expected);
            strictest(loads, volumes.get(3), WBPS, 40 * Loads.PAGE, WIOPS, 80, Loads.PAGE, expected);
            strictest(loads, volumes.get(4), WIOPS, 30, WBPS, 8 * MIB, Loads.LARGE, expected);
            strictest(loads, volumes.get(5), RBPS, 2 * MIB, RIOPS, 100, Loads.LARGE, expected);
            strictest(loads, volumes.get(6), RIOPS, 40, RBPS, MIB, Loads.PAGE, expected);

            // one container on three disks: two limits, and none
            var slow = loads.limited(volumes.get(7), limit(WIOPS, 20));
            var quick = loads.limited(slow.cgroup(), volumes.get(2), limit(WIOPS, 60));
            loads.writes(slow.cgroup(), volumes.get(7), Loads.PAGE);
            loads.writes(slow.cgroup(), volumes.get(2), Loads.PAGE);
            expected.add(new Expected("first of two disks", slow, WIOPS, 20));
            expected.add(new Expected("second of two disks", quick, WIOPS, 60));
            new Accuracy(loads.cgroups(), figures).assertKept(expected);

            var free = volumes.get(0);
            loads.writes(slow.cgroup(), free, Loads.PAGE);
            var rates = new Meter(loads.cgroups())
                    .over(Duration.ofSeconds(2), List.of(new Place(slow.cgroup(), free.disk()), slow));
            figures.publishEntry(
                    "a third disk without a limit, wiops",
                    Math.round(rates.get(0).wiops()) + "");
            assertThat(rates.get(0).wiops()).isGreaterThan(3 * 60);
            assertThat(rates.get(1).wiops()).isBetween(20 * 0.5, 20 * 1.1);
        }
    }

    /** Reads and writes of one container, each with a limit. */
    private static void mixed(
            Loads loads,
            Volume volume,
            int block,
            LimitKey read,
            long reads,
            LimitKey write,
            long writes,
            List<Expected> expected) {
        var place = loads.limited(volume, limit(read, reads, write, writes));
        loads.reads(place.cgroup(), volume, block);
        loads.writes(place.cgroup(), volume, block);
        var what = "mixed, " + blocks(block) + " on " + volume.name();
        expected.add(new Expected(what, place, read, reads));
        expected.add(new Expected(what, place, write, writes));
    }

    /** Operations and bytes of one direction: the first is what holds. */
    private static void strictest(
            Loads loads,
            Volume volume,
            LimitKey key,
            long perSecond,
            LimitKey looser,
            long more,
            int block,
            List<Expected> expected) {
        var place = loads.limited(volume, limit(key, perSecond, looser, more));
        load(loads, place, volume, key, block);
        expected.add(new Expected(
                "with " + looser.key() + "=" + more + ", " + blocks(block) + " on " + volume.name(),
                place,
                key,
                perSecond));
    }

    private static void load(Loads loads, Place place, Volume volume, LimitKey key, int block) {
        if (key.isRead()) {
            loads.reads(place.cgroup(), volume, block);
        } else {
            loads.writes(place.cgroup(), volume, block);
        }
    }

    private static String blocks(int block) {
        return (block >> 10) + " KiB";
    }
}
