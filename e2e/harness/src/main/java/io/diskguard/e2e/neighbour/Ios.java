/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.e2e.neighbour;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.TreeMap;

/** Operations in the order of their ends, as fio logs them: {@code milliseconds, nanoseconds, direction, …}. Immutable. */
final class Ios {
    private final long[] ended;
    private final long[] nanos;

    private Ios(long[] ended, long[] nanos) {
        this.ended = ended;
        this.nanos = nanos;
    }

    static Ios read(Path log) throws IOException {
        var lines = Files.readAllLines(log);
        var byTime = new TreeMap<Long, long[]>();
        for (int i = 0; i < lines.size(); i++) {
            var fields = lines.get(i).split(", *", 3);
            byTime.put(
                    Long.parseLong(fields[0]) << 22 | i,
                    new long[] {Long.parseLong(fields[0]), Long.parseLong(fields[1])});
        }
        var sorted = byTime.values();
        return new Ios(
                sorted.stream().mapToLong(each -> each[0]).toArray(),
                sorted.stream().mapToLong(each -> each[1]).toArray());
    }

    /** What ended in that time, in milliseconds since the epoch; of the very end nothing is known. */
    Summary between(long from, long to) {
        var latencies = Arrays.copyOfRange(nanos, first(from), first(to));
        Arrays.sort(latencies);
        return new Summary(latencies.length * 1000.0 / (to - from), micros(latencies, 0.5), micros(latencies, 0.99));
    }

    private int first(long millis) {
        var low = 0;
        var high = ended.length;
        while (low < high) {
            var middle = (low + high) >>> 1;
            if (ended[middle] < millis) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private static double micros(long[] sorted, double part) {
        return sorted.length == 0 ? Double.NaN : sorted[(int) Math.ceil(part * sorted.length) - 1] / 1e3;
    }

    /**
     * Of a stretch of time.
     *
     * @param iops operations a second
     * @param p50 microseconds; not a number where nothing ended
     * @param p99 likewise
     */
    record Summary(double iops, double p50, double p99) {}
}
