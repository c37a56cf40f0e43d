/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.benchmarks.soak;

import io.diskguard.benchmarks.result.Lines;
import io.diskguard.e2e.churn.Checker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** Looks on all the while: at the limits again and again, at the agent each 10 s, right before it is asked for everything. Thread-safe. */
final class SoakWatch implements AutoCloseable {
    private static final int EACH_SECONDS = 10;
    private static final int SHOWN = 5;
    /** Of the time that looking at limits takes: it may not be what this machine does mostly. */
    private static final int PAUSES = 4;

    private static final Duration LEAST_PAUSE = Duration.ofMillis(4);
    /** However long a look took where there was no processor for it. */
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(100);

    private final Checker checker;
    private final SoakProcesses processes;
    private final Scrapes scrapes;
    private final ProcessorWaits waits;
    private final Clock clock;
    private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(2);
    private final AtomicReference<Optional<Throwable>> problem = new AtomicReference<>(Optional.empty());
    private final List<SoakSample> samples = new ArrayList<>();
    private final List<String> loads = new ArrayList<>();
    private Instant begin;
    private int from;
    private int to;
    private int told;
    private long sampled;

    SoakWatch(Checker checker, SoakProcesses processes, Scrapes scrapes, ProcessorWaits waits, Clock clock) {
        this.checker = checker;
        this.processes = processes;
        this.scrapes = scrapes;
        this.waits = waits;
        this.clock = clock;
        begin = clock.instant();
        sampled = TimeUnit.MILLISECONDS.toNanos(clock.millis());
        threads.schedule(this::look, 0, TimeUnit.SECONDS);
        threads.scheduleAtFixedRate(this::sample, 0, EACH_SECONDS, TimeUnit.SECONDS);
    }

    /** From now on samples count. */
    synchronized void begin() {
        begin = clock.instant();
        from = samples.size();
    }

    synchronized void end() {
        to = samples.size();
    }

    /** Those that count. */
    synchronized List<SoakSample> counted() {
        return List.copyOf(samples.subList(from, to));
    }

    /** Of each of what is held, the least that one of the last samples has: at that time nobody was being answered. */
    synchronized Map<String, Integer> least(int last) {
        var least = new TreeMap<String, Integer>();
        samples.subList(samples.size() - last, samples.size())
                .forEach(sample -> sample.held().forEach((what, count) -> least.merge(what, count, Math::min)));
        return least;
    }

    Optional<Throwable> problem() {
        return problem.get();
    }

    /** Averages of 1, 5 and 15 minutes. */
    static String load() {
        try {
            return Files.readString(Path.of("/proc/loadavg"))
                    .replaceAll("^((\\S+ ){3}).*\\s*", "$1")
                    .strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void look() {
        try {
            var start = clock.instant();
            waits.sample();
            checker.look();
            var pause = Duration.between(start, clock.instant()).multipliedBy(PAUSES);
            pause = pause.compareTo(LEAST_PAUSE) < 0 ? LEAST_PAUSE : pause;
            pause = pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
            threads.schedule(this::look, pause.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RuntimeException | Error e) {
            problem.compareAndSet(Optional.empty(), Optional.of(e));
        }
    }

    private void sample() {
        try {
            keep();
            scrapes.all();
        } catch (IOException | RuntimeException | Error e) {
            problem.compareAndSet(Optional.empty(), Optional.of(e));
            throw new IllegalStateException(e);
        }
    }

    private synchronized void keep() throws IOException {
        var minute = Duration.between(begin, clock.instant()).toMillis() / 60_000.0;
        var sample = SoakSample.of(processes.agentPid(), minute);
        samples.add(sample);
        var wrong = checker.wrong();
        var now = TimeUnit.MILLISECONDS.toNanos(clock.millis());
        Lines.print(
                "     %s; waited %.1f s for processors; wrong %d; load %s",
                sample, waits.since(sampled) / 1e9, wrong.size(), load());
        sampled = now;
        wrong.stream().skip(told).limit(SHOWN).forEach(one -> Lines.print("     wrong: %s", one));
        told = wrong.size();
    }

    @Override
    public void close() {
        threads.shutdownNow();
        try {
            threads.awaitTermination(1, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
