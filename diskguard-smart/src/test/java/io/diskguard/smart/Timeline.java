/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.smart;

import io.diskguard.config.DiskCapacity;
import io.diskguard.config.SmartRelease;
import io.diskguard.config.SmartSettings;
import io.diskguard.config.SmartWindow;
import io.diskguard.config.Threshold;
import io.diskguard.model.ContainerKey;
import io.diskguard.model.DeviceId;
import io.diskguard.model.Disk;
import io.diskguard.model.IoCounters;
import io.diskguard.model.IoLimit;
import io.diskguard.model.IoRates;
import io.diskguard.model.LimitKey;
import io.diskguard.model.Rate;
import io.diskguard.policy.smart.Moment;
import io.diskguard.policy.smart.Round;
import io.diskguard.policy.smart.SmartDecision;
import io.diskguard.policy.smart.SmartLimit;
import io.diskguard.policy.smart.Surroundings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.LongFunction;

/** A container's load over time, a round each minute, and what is decided about it. */
final class Timeline {
    static final ContainerKey CONTAINER = new ContainerKey("pod", "main");
    static final Disk DISK = new Disk(new DeviceId(259, 0), "nvme0n1");
    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    static final Duration MINUTE = Duration.ofMinutes(1);

    private final SmartEngine engine;
    private final List<SmartDecision> decisions = new ArrayList<>();
    private DiskCapacity capacity = new DiskCapacity(OptionalLong.of(1000), OptionalLong.empty());
    private IoLimit statics = IoLimit.UNLIMITED;
    private String id = "id-1";
    private String source = "cgroup";
    private double[] done = new double[4];
    private long minute;
    private boolean obeys = true;
    private boolean begun;

    Timeline(SmartSettings settings) {
        engine = new SmartEngine(settings);
    }

    /** Ungraded: one window of ten minutes, 0.8 of what the disk can do, release below half of it. */
    static Timeline legacy() {
        return new Timeline(settings(window("legacy", 10, 0.8, 0)));
    }

    static SmartSettings settings(SmartWindow... windows) {
        return new SmartSettings(
                true,
                SmartSettings.Mode.ENFORCE,
                MINUTE,
                List.of(windows),
                SmartSettings.Reference.DISK,
                50,
                1 << 20,
                new SmartRelease(
                        new Threshold.Fraction(0.5), new Threshold.Fraction(0.5), Duration.ofMinutes(5), MINUTE),
                false,
                Optional.empty());
    }

    /** @param limit operations a second; 0: computed */
    static SmartWindow window(String name, int minutes, double threshold, long limit) {
        var io = threshold > 1 ? new Threshold.PerSecond((long) threshold) : new Threshold.Fraction(threshold);
        return new SmartWindow(
                name,
                Duration.ofMinutes(minutes),
                io,
                new Threshold.Fraction(0.8),
                limit == 0 ? OptionalLong.empty() : OptionalLong.of(limit),
                OptionalLong.empty());
    }

    Timeline statics(IoLimit limit) {
        statics = limit;
        return this;
    }

    Timeline capacity(DiskCapacity of) {
        capacity = of;
        return this;
    }

    /** The container does all it tries to, as one in shadow mode. */
    Timeline unruly() {
        obeys = false;
        return this;
    }

    /** The container starts anew. */
    Timeline restarts() {
        id = id + "'";
        done = new double[4];
        return this;
    }

    Timeline countedBy(String name) {
        source = name;
        return this;
    }

    /** It tries so many writes a second for so long, 4 KiB each. */
    Timeline writes(long iops, int minutes) {
        return does(minutes, minute -> new IoRates(0, iops, 0, iops * 4096.0));
    }

    Timeline reads(long iops, int minutes) {
        return does(minutes, minute -> new IoRates(iops, 0, iops * 4096.0, 0));
    }

    Timeline idle(int minutes) {
        return writes(0, minutes);
    }

    /** The first sample comes without any load before it. */
    Timeline does(int minutes, LongFunction<IoRates> tried) {
        if (!begun) {
            begun = true;
            round(true);
        }
        for (var i = 0; i < minutes; i++) {
            minute++;
            var rates = tried.apply(minute);
            for (var key : LimitKey.values()) {
                done[key.ordinal()] += 60 * Math.min(rates.get(key), allowed(key));
            }
            round(true);
        }
        return this;
    }

    /** It does not run for so long. */
    Timeline absent(int minutes) {
        for (var i = 0; i < minutes; i++) {
            minute++;
            round(false);
        }
        return this;
    }

    /** Time passes in which nobody looks. */
    Timeline unseen(int minutes) {
        minute += minutes;
        return this;
    }

    /** The settings are read anew, the same or others. */
    Timeline reconfigured(SmartSettings settings) {
        engine.reconfigure(settings);
        return this;
    }

    Timeline restored(SmartLimit limit) {
        decisions.addAll(engine.restore(CONTAINER, DISK, limit, now()));
        return this;
    }

    private void round(boolean running) {
        var counters = new IoCounters((long) done[2], (long) done[3], (long) done[0], (long) done[1]);
        var sample = new Round.Sampled(CONTAINER, id, source, now().nanos(), Map.of(DISK, counters), Optional.empty());
        var round = new Round(
                now(), running ? List.of(sample) : List.of(), running ? Set.of() : Set.of(CONTAINER), Map.of());
        decisions.addAll(engine.decide(round, new Surroundings() {
            @Override
            public IoLimit statics(ContainerKey container, Disk disk) {
                return statics;
            }

            @Override
            public DiskCapacity capacity(Disk disk) {
                return capacity;
            }
        }));
    }

    private double allowed(LimitKey key) {
        var limit = obeys ? statics.strictest(inForce()) : IoLimit.UNLIMITED;
        return limit.get(key) instanceof Rate.PerSecond limited ? limited.value() : Double.MAX_VALUE;
    }

    Moment now() {
        return new Moment(minute * MINUTE.toNanos(), START.plus(MINUTE.multipliedBy(minute)));
    }

    SmartEngine engine() {
        return engine;
    }

    List<SmartDecision> decisions() {
        return decisions;
    }

    /** In minutes since the start, {@code 10 APPLY}. */
    List<String> story() {
        return decisions.stream()
                .map(each -> Duration.between(START, each.at()).toMinutes() + " " + each.kind())
                .toList();
    }

    Optional<SmartLimit> limit() {
        return engine.limits().of(CONTAINER, DISK.id());
    }

    IoLimit inForce() {
        return limit().map(SmartLimit::rates).orElse(IoLimit.UNLIMITED);
    }
}
