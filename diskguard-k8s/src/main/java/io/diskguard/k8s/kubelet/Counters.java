/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.k8s.kubelet;

import io.diskguard.model.DeviceId;
import io.diskguard.spi.IoStatsSource;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The counters of one scrape: of each cgroup a chain of devices, each with its four numbers. Filled anew again and again
 * without making anything. Not thread-safe.
 */
final class Counters {
    private static final int RBYTES = 0;
    private static final int WBYTES = 1;
    private static final int RIOS = 2;
    private static final int WIOS = 3;
    private static final int NUMBERS = 4;
    private static final int ALL = (1 << NUMBERS) - 1;
    private static final int FIRST_SIZE = 256;
    private static final int FEW = 16;

    private final Names cgroups = new Names();
    private final Names devices = new Names();
    private final ContainerKey key = new ContainerKey();
    private final long[] merged = new long[NUMBERS];
    /** By cgroup: its first place plus one, and when it was counted. */
    private int[] first = new int[FIRST_SIZE];

    private long[] times = new long[FIRST_SIZE];
    /** By place. */
    private int[] next = new int[FIRST_SIZE];

    private int[] deviceOf = new int[FIRST_SIZE];
    private int[] seen = new int[FIRST_SIZE];
    private long[] numbers = new long[NUMBERS * FIRST_SIZE];
    /** By device. */
    private @Nullable DeviceId[] ids = new @Nullable DeviceId[FEW];

    private int places;
    private boolean counted;

    void clear() {
        cgroups.clear();
        devices.clear();
        places = 0;
        counted = false;
        Arrays.fill(ids, null);
    }

    void add(Metric metric, Row row) {
        key.of(row.bytes(), row.idFrom(), row.idTo());
        var cgroup = cgroup(row.bytes(), key.from(), key.to());
        if (metric == Metric.SEEN || metric == Metric.STARTED) {
            return;
        }
        counted = true;
        times[cgroup] = Math.max(times[cgroup], row.time());
        // Of a device that cAdvisor has no name for the operations cannot be told from another such one's.
        if (row.deviceFrom() == row.deviceTo()) {
            return;
        }
        var device = device(row);
        switch (metric) {
            case READS -> count(cgroup, device, RIOS, row.value());
            case WRITES -> count(cgroup, device, WIOS, row.value());
            case READ_BYTES -> count(cgroup, device, RBYTES, row.value());
            case WRITTEN_BYTES -> count(cgroup, device, WBYTES, row.value());
            default -> byNumber(cgroup, device, row);
        }
    }

    /** Gives devices their numbers where no row did. */
    void finish(Function<String, Optional<DeviceId>> lookup) {
        for (var device = 0; device < devices.size(); device++) {
            if (ids[device] == null) {
                ids[device] = lookup.apply(devices.text(device)).orElse(null);
            }
        }
    }

    /** Whether there was IO of any cgroup at all: the root's is always there, where IO is told. */
    boolean isCounted() {
        return counted;
    }

    /** The number of the cgroup of that path, or -1. */
    int find(byte[] path) {
        key.of(path, 0, path.length);
        return cgroups.find(path, key.from(), key.to());
    }

    /** When it was counted, in milliseconds since 1970; 0 if that was not said. */
    long time(int cgroup) {
        return times[cgroup];
    }

    /** Each disk of which all four numbers are known, once. */
    void tell(int cgroup, IoStatsSource.Sink sink) {
        for (var place = first[cgroup] - 1; place >= 0; place = next[place] - 1) {
            var id = ids[deviceOf[place]];
            if (id != null && isFirst(cgroup, place, id) && merge(place, id) == ALL) {
                sink.counted(id, merged[RBYTES], merged[WBYTES], merged[RIOS], merged[WIOS]);
            }
        }
    }

    /** Whether no device before it in the chain is another name of the same. */
    private boolean isFirst(int cgroup, int place, DeviceId id) {
        for (var other = first[cgroup] - 1; other != place; other = next[other] - 1) {
            if (id.equals(ids[deviceOf[other]])) {
                return false;
            }
        }
        return true;
    }

    private int merge(int begin, DeviceId id) {
        Arrays.fill(merged, 0);
        var known = 0;
        for (var place = begin; place >= 0; place = next[place] - 1) {
            if (id.equals(ids[deviceOf[place]])) {
                known |= seen[place];
                for (var i = 0; i < NUMBERS; i++) {
                    merged[i] = Math.max(merged[i], numbers[NUMBERS * place + i]);
                }
            }
        }
        return known;
    }

    private void byNumber(int cgroup, int device, Row row) {
        var major = row.major();
        var minor = row.minor();
        if (ids[device] == null && major >= 0 && major < 1 << 12 && minor >= 0 && minor < 1 << 20) {
            ids[device] = new DeviceId(major, minor);
        }
        if (row.isRead()) {
            count(cgroup, device, RBYTES, row.value());
        } else if (row.isWrite()) {
            count(cgroup, device, WBYTES, row.value());
        }
    }

    private int cgroup(byte[] bytes, int from, int to) {
        var before = cgroups.size();
        var cgroup = cgroups.number(bytes, from, to);
        if (cgroup == before) {
            if (cgroup == first.length) {
                first = Arrays.copyOf(first, 2 * cgroup);
                times = Arrays.copyOf(times, 2 * cgroup);
            }
            first[cgroup] = 0;
            times[cgroup] = 0;
        }
        return cgroup;
    }

    private int device(Row row) {
        var device = devices.number(row.bytes(), row.deviceFrom(), row.deviceTo());
        if (device == ids.length) {
            ids = Arrays.copyOf(ids, 2 * device);
        }
        return device;
    }

    /** The greater of two: a file system's row of the same name, which cAdvisor adds for some cgroups, is none of the cgroup's. */
    private void count(int cgroup, int device, int which, long value) {
        var place = place(cgroup, device);
        seen[place] |= 1 << which;
        var at = NUMBERS * place + which;
        numbers[at] = Math.max(numbers[at], value);
    }

    private int place(int cgroup, int device) {
        for (var place = first[cgroup] - 1; place >= 0; place = next[place] - 1) {
            if (deviceOf[place] == device) {
                return place;
            }
        }
        if (places == next.length) {
            next = Arrays.copyOf(next, 2 * places);
            deviceOf = Arrays.copyOf(deviceOf, 2 * places);
            seen = Arrays.copyOf(seen, 2 * places);
            numbers = Arrays.copyOf(numbers, 2 * NUMBERS * places);
        }
        var place = places++;
        next[place] = first[cgroup];
        first[cgroup] = place + 1;
        deviceOf[place] = device;
        seen[place] = 0;
        Arrays.fill(numbers, NUMBERS * place, NUMBERS * place + NUMBERS, 0);
        return place;
    }
}
