/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.cgroup.internal;

import io.diskguard.model.DeviceId;
import io.diskguard.spi.IoStatsSource.Sink;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The counters of one sample, one row a disk. The rows are used again for the next sample, so that disks that were seen
 * before make nothing for the collector. Not thread-safe.
 */
public final class CounterTable {
    private static final int COLUMNS = 4;
    private static final int ROWS_MAX = 1024;

    private final List<DeviceId> disks = new ArrayList<>();
    private long[] values = new long[8 * COLUMNS];
    /** By row: the sample in which it was last written. */
    private long[] written = new long[8];

    private long sample;
    private int expected;

    /** An empty one. */
    public CounterTable() {}

    /** Starts a sample: no disk has counters. */
    public void begin() {
        if (disks.size() > ROWS_MAX) {
            // Disks come and go with new numbers; on no node are that many there at once
            disks.clear();
            Arrays.fill(written, 0);
        }
        sample++;
        expected = 0;
    }

    /** What is counted. */
    public enum Column {
        RBYTES,
        WBYTES,
        RIOS,
        WIOS
    }

    /** The disk's row, with all its counters 0 if they were not set in this sample. */
    public int row(int major, int minor) {
        var row = find(major, minor);
        expected = row + 1;
        if (written[row] != sample) {
            written[row] = sample;
            Arrays.fill(values, row * COLUMNS, (row + 1) * COLUMNS, 0);
        }
        return row;
    }

    public void set(int row, Column column, long value) {
        values[row * COLUMNS + column.ordinal()] = value;
    }

    /** Hands every row of this sample to the sink. */
    public void handTo(Sink sink) {
        for (var row = 0; row < disks.size(); row++) {
            if (written[row] == sample) {
                var at = row * COLUMNS;
                sink.counted(disks.get(row), values[at], values[at + 1], values[at + 2], values[at + 3]);
            }
        }
    }

    /** The kernel lists disks in much the same order every time: the search starts behind the last hit. */
    private int find(int major, int minor) {
        var size = disks.size();
        for (var i = 0; i < size; i++) {
            var row = expected + i < size ? expected + i : expected + i - size;
            var disk = disks.get(row);
            if (disk.minor() == minor && disk.major() == major) {
                return row;
            }
        }
        disks.add(new DeviceId(major, minor));
        if (size == written.length) {
            written = Arrays.copyOf(written, size * 2);
            values = Arrays.copyOf(values, size * 2 * COLUMNS);
        }
        return size;
    }
}
