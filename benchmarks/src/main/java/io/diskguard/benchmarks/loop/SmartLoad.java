/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.benchmarks.loop;

import io.diskguard.config.DiskCapacity;
import io.diskguard.config.GuardConfig;
import io.diskguard.config.SmartSettings;
import io.diskguard.config.SmartWindow;
import io.diskguard.config.Threshold;
import io.diskguard.model.ContainerKey;
import io.diskguard.model.DeviceId;
import io.diskguard.model.Disk;
import io.diskguard.model.IoCounters;
import io.diskguard.model.IoLimit;
import io.diskguard.policy.smart.Moment;
import io.diskguard.policy.smart.Round;
import io.diskguard.policy.smart.Surroundings;
import io.diskguard.smart.SmartEngine;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Smart limit of 1,000 containers on 2 disks, an hour of history at a sample a minute in windows of 15, 30 and 60 minutes.
 *
 * @param iops the highest rate of operations of any container
 * @param everyNth what part of the containers has it
 */
record SmartLoad(long iops, int everyNth) {
    static final int CONTAINERS = 1000;
    private static final int A_POD = 4;
    private static final Duration INTERVAL = Duration.ofSeconds(60);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final int FILLING = 200;
    private static final long CAPACITY_IOPS = 10_000;
    private static final long CAPACITY_BPS = 1_000_000_000;
    private static final List<Disk> DISKS =
            List.of(new Disk(new DeviceId(259, 0), "nvme0n1"), new Disk(new DeviceId(253, 1), "dm-1"));
    static final Surroundings SURROUNDINGS = new Surroundings() {
        @Override
        public IoLimit statics(ContainerKey container, Disk disk) {
            return IoLimit.UNLIMITED;
        }

        @Override
        public DiskCapacity capacity(Disk disk) {
            return new DiskCapacity(OptionalLong.of(CAPACITY_IOPS), OptionalLong.of(CAPACITY_BPS));
        }
    };

    /** Below the threshold. */
    static SmartLoad nobodyLimited() {
        return new SmartLoad(5000, 1);
    }

    static SmartLoad everyTenthLimited() {
        return new SmartLoad(9000, 10);
    }

    /** How many are limited in the end. */
    int limited() {
        return everyNth > 1 ? CONTAINERS / everyNth : 0;
    }

    SmartEngine filled(SmartSettings settings) {
        var engine = new SmartEngine(settings);
        for (int number = 0; number < FILLING; number++) {
            engine.decide(round(number), SURROUNDINGS);
        }
        if (engine.limits().byContainer().size() != limited()) {
            throw new IllegalStateException(
                    "limited are " + engine.limits().byContainer().size());
        }
        return engine;
    }

    /** The one that comes that many rounds after the last of those that filled an engine. */
    Round later(int rounds) {
        return round(FILLING + rounds);
    }

    /** All that is new each minute is new here too: keys, names, counters. Samples of a round are up to a tenth of a second apart. */
    private Round round(int number) {
        var nanos = number * INTERVAL.toNanos();
        var samples = new ArrayList<Round.Sampled>();
        for (int c = 0; c < CONTAINERS; c++) {
            var counters = new HashMap<Disk, IoCounters>();
            for (int d = 0; d < DISKS.size(); d++) {
                var rate = c % everyNth == 0 ? iops - d : 10L + c + d;
                var ios = rate * INTERVAL.toSeconds() * number;
                counters.put(DISKS.get(d), new IoCounters(ios * 4096, ios * 4096, ios, ios));
            }
            samples.add(new Round.Sampled(
                    new ContainerKey("00000000-0000-0000-0000-%012d".formatted(c / A_POD), "main-" + c % A_POD),
                    "%064x".formatted(c),
                    "cgroup-v1-blkio-stats",
                    nanos + c * 100_000L * (number % 2),
                    counters,
                    Optional.empty()));
        }
        var at = new Moment(nanos, Instant.EPOCH.plusNanos(nanos));
        return new Round(at, samples, Set.of(), Map.of());
    }

    static SmartSettings settings() {
        var defaults = GuardConfig.defaults().smart();
        return new SmartSettings(
                true,
                SmartSettings.Mode.ENFORCE,
                INTERVAL,
                Stream.of(15, 30, 60).map(SmartLoad::window).toList(),
                SmartSettings.Reference.DISK,
                defaults.leastIops(),
                defaults.leastBps(),
                defaults.release(),
                defaults.kubeletFirst(),
                Optional.empty());
    }

    private static SmartWindow window(int minutes) {
        var threshold = new Threshold.Fraction(0.8);
        return new SmartWindow(
                minutes + "m",
                MINUTE.multipliedBy(minutes),
                threshold,
                threshold,
                OptionalLong.empty(),
                OptionalLong.empty());
    }
}
