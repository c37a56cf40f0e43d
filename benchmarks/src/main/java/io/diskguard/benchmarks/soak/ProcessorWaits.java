/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.benchmarks.soak;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * How long processes could have run and had no processor, one after the other, as the kernel counts it for each thread: what
 * a machine with too much to do takes from them, and no fault of theirs. Times are Unix times in nanoseconds. Thread-safe.
 */
final class ProcessorWaits {
    private static final long FRESH = TimeUnit.MILLISECONDS.toNanos(100);
    /** On a machine so busy that somebody always waits an excuse would else grow as fast as what it is for. */
    private static final long MOST_EXCUSED = TimeUnit.MINUTES.toNanos(1);

    private final Clock clock;
    private final Path proc;
    private final Supplier<List<Long>> processes;
    private final TreeMap<Long, Long> totals = new TreeMap<>();
    private final Map<Path, Long> counted = new HashMap<>();

    ProcessorWaits(Clock clock, Supplier<List<Long>> processes) {
        this(clock, Path.of("/proc"), processes);
    }

    ProcessorWaits(Clock clock, Path proc, Supplier<List<Long>> processes) {
        this.clock = clock;
        this.proc = proc;
        this.processes = processes;
    }

    /** To be done often: what was waited between two samples counts from the first. */
    synchronized void sample() {
        var now = nanos();
        if (totals.isEmpty()) {
            processes.get().forEach(this::grown);
            totals.put(now, 0L);
        } else if (now - totals.lastKey() > FRESH) {
            totals.put(now, total(now - totals.lastKey()));
        }
    }

    synchronized long since(long time) {
        sample();
        var before = totals.floorEntry(time);
        return totals.lastEntry().getValue() - (before == null ? totals.firstEntry() : before).getValue();
    }

    /** By how much longer than else something may take that began at a time: by what was waited since, up to a minute. */
    long excuse(long time) {
        return Math.min(since(time), MOST_EXCUSED);
    }

    /** In no time a process waits longer than that: many threads that wait do so side by side. */
    private long total(long time) {
        return totals.lastEntry().getValue()
                + processes.get().stream()
                        .mapToLong(this::grown)
                        .map(waited -> Math.min(waited, time))
                        .sum();
    }

    private long grown(long pid) {
        var tasks = proc.resolve(Long.toString(pid)).resolve("task");
        var grown = 0L;
        try (var threads = Files.newDirectoryStream(tasks)) {
            for (var thread : threads) {
                try {
                    var now = parse(Files.readString(thread.resolve("schedstat")));
                    var last = counted.put(thread, now);
                    grown += Math.max(0, now - (last == null ? 0 : last));
                } catch (NoSuchFileException e) {
                    // ended meanwhile
                }
            }
        } catch (NoSuchFileException e) {
            // so did all of it
        } catch (IOException e) {
            if (Files.exists(tasks)) {
                throw new UncheckedIOException(e);
            }
        }
        return grown;
    }

    /** The second number of {@code schedstat}: nanoseconds on a run queue. */
    static long parse(String schedstat) {
        return Long.parseLong(schedstat.strip().split(" ")[1]);
    }

    private long nanos() {
        Instant now = clock.instant();
        return TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
    }
}
