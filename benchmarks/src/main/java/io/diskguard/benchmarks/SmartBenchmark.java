/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.benchmarks;

import com.sun.management.ThreadMXBean;
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
import io.diskguard.spi.Ticker;
import java.lang.management.ManagementFactory;
import java.lang.ref.Reference;
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
 * Smart limit of 1,000 containers on 2 disks, an hour of history at a sample a minute in windows of 15, 30 and 60 minutes: what the
 * engine keeps in the heap, and what a round costs.
 */
final class SmartBenchmark {
    private static final int CONTAINERS = 1000;
    private static final int A_POD = 4;
    private static final Duration INTERVAL = Duration.ofSeconds(60);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final int FILLING = 200;
    private static final int ROUNDS = 301;
    private static final int HEAPS = 5;
    private static final long CAPACITY_IOPS = 10_000;
    private static final long CAPACITY_BPS = 1_000_000_000;
    private static final List<Disk> DISKS =
            List.of(new Disk(new DeviceId(259, 0), "nvme0n1"), new Disk(new DeviceId(253, 1), "dm-1"));
    private static final Surroundings SURROUNDINGS = new Surroundings() {
        @Override
        public IoLimit statics(ContainerKey container, Disk disk) {
            return IoLimit.UNLIMITED;
        }

        @Override
        public DiskCapacity capacity(Disk disk) {
            return new DiskCapacity(OptionalLong.of(CAPACITY_IOPS), OptionalLong.of(CAPACITY_BPS));
        }
    };

    /** The highest rate of operations of any container, and what part of the containers is limited by it. */
    private record Load(String what, long iops, int everyNth) {}

    private SmartBenchmark() {}

    public static void main(String[] args) {
        for (var load : List.of(new Load("nobody limited", 5000, 1), new Load("every tenth limited", 9000, 10))) {
            measure(load);
        }
    }

    private static void measure(Load load) {
        var kilobytes = new double[HEAPS];
        for (int i = 0; i < HEAPS; i++) {
            kilobytes[i] = heap(load);
        }
        Verdict.line(
                "%s: heap %.0f kB, %.0f to %.0f in %d",
                load.what,
                Verdict.median(kilobytes),
                Verdict.percentile(kilobytes, 0),
                Verdict.percentile(kilobytes, 1),
                HEAPS);
        Verdict.judge(load.what + ", MB of heap", Verdict.median(kilobytes) / 1000, 10, 6);
        rounds(load);
    }

    /** What is in the heap with a filled engine and was not before; its settings are shared, as in the agent. */
    private static double heap(Load load) {
        var settings = settings();
        var before = used();
        var engine = filled(settings, load);
        var after = used();
        if (load.everyNth > 1 && engine.limits().byContainer().size() != CONTAINERS / load.everyNth) {
            throw new IllegalStateException(
                    "limited are " + engine.limits().byContainer().size());
        }
        Reference.reachabilityFence(engine);
        return (after - before) / 1e3;
    }

    private static void rounds(Load load) {
        var engine = filled(settings(), load);
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        var ticker = Ticker.system();
        var millis = new double[ROUNDS];
        var processor = new double[ROUNDS];
        var garbage = new double[ROUNDS];
        for (int i = 0; i < ROUNDS; i++) {
            var round = round(FILLING + i, load);
            var bytes = threads.getCurrentThreadAllocatedBytes();
            var busy = threads.getCurrentThreadCpuTime();
            var start = ticker.nanos();
            var decisions = engine.decide(round, SURROUNDINGS);
            var end = ticker.nanos();
            processor[i] = (threads.getCurrentThreadCpuTime() - busy) / 1e6;
            garbage[i] = (threads.getCurrentThreadAllocatedBytes() - bytes) / 1e3;
            millis[i] = (end - start) / 1e6;
            if (decisions.stream().anyMatch(each -> !each.before().equals(each.after()))) {
                throw new IllegalStateException("a steady load changes nothing, decided was " + decisions);
            }
        }
        Verdict.line(
                "%s: tick %.2f ms, p99 %.2f; of the processor %.2f ms, p99 %.2f; %.0f kB of garbage; in %d rounds",
                load.what,
                Verdict.median(millis),
                Verdict.percentile(millis, 0.99),
                Verdict.median(processor),
                Verdict.percentile(processor, 0.99),
                Verdict.median(garbage),
                ROUNDS);
        Verdict.judge(load.what + ", ms a tick", Verdict.median(millis), 20, 5);
        Verdict.judge(load.what + ", ms a tick, p99", Verdict.percentile(millis, 0.99), 20, 5);
    }

    private static SmartEngine filled(SmartSettings settings, Load load) {
        var engine = new SmartEngine(settings);
        for (int number = 0; number < FILLING; number++) {
            engine.decide(round(number, load), SURROUNDINGS);
        }
        return engine;
    }

    /** All that is new each minute is new here too: keys, names, counters. Samples of a round are up to a tenth of a second apart. */
    private static Round round(int number, Load load) {
        var nanos = number * INTERVAL.toNanos();
        var samples = new ArrayList<Round.Sampled>();
        for (int c = 0; c < CONTAINERS; c++) {
            var counters = new HashMap<Disk, IoCounters>();
            for (int d = 0; d < DISKS.size(); d++) {
                var rate = c % load.everyNth == 0 ? load.iops - d : 10L + c + d;
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

    private static SmartSettings settings() {
        var defaults = GuardConfig.defaults().smart();
        return new SmartSettings(
                true,
                SmartSettings.Mode.ENFORCE,
                INTERVAL,
                Stream.of(15, 30, 60).map(SmartBenchmark::window).toList(),
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

    /** What is reachable; the virtual machine may need more than one collection to know it. */
    private static long used() {
        var least = Long.MAX_VALUE;
        for (int i = 0; i < 5; i++) {
            System.gc();
            var runtime = Runtime.getRuntime();
            least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
        }
        return least;
    }
}
