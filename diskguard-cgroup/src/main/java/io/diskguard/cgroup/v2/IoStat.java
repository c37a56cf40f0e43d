/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.cgroup.v2;

import io.diskguard.cgroup.internal.ControlFileCursor;
import io.diskguard.cgroup.internal.CounterTable;
import io.diskguard.cgroup.internal.CounterTable.Column;
import io.diskguard.cgroup.internal.PerCgroup;
import io.diskguard.cgroup.internal.Refusals;
import io.diskguard.model.CgroupPath;
import io.diskguard.spi.CgroupFs;
import io.diskguard.spi.ControlFile;
import io.diskguard.spi.FsResult;
import io.diskguard.spi.IoStatsSource;
import io.diskguard.spi.ReadBuffer;

/**
 * Counters from {@code io.stat}: {@code 8:0 rbytes=1 wbytes=2 rios=3 wios=4 …}, those of the cgroup and of all that are
 * or were below it. Keys that are not known are passed over, a disk without any of the four was not counted; some kernels
 * put a disk without figures on the line of the next one. Not thread-safe.
 */
public final class IoStat implements IoStatsSource {
    static final String FILE = "io.stat";
    private static final Column[] COLUMNS = Column.values();
    private static final String[] KEYS = {"rbytes", "wbytes", "rios", "wios"};

    private final CgroupFs fs;
    private final PerCgroup<ControlFile> files;
    private final ReadBuffer buffer = new ReadBuffer();
    private final ControlFileCursor cursor = new ControlFileCursor(buffer);
    private final CounterTable table = new CounterTable();

    /** Reads from the hierarchy given. */
    public IoStat(CgroupFs fs) {
        this.fs = fs;
        this.files = new PerCgroup<>(cgroup -> fs.file(cgroup, FILE));
    }

    @Override
    public Sample sample(CgroupPath cgroup, Sink sink) {
        if (files.get(cgroup).read(buffer) instanceof FsResult.Failed failed) {
            files.forget(cgroup);
            return Refusals.ofSample(fs, cgroup, failed);
        }
        parse();
        table.handTo(sink);
        return Sample.COUNTED;
    }

    private void parse() {
        table.begin();
        cursor.over(buffer);
        var named = false;
        var key = 0;
        while (cursor.next()) {
            if (cursor.isDevice()) {
                named = true;
                key = 0;
            } else if (cursor.isFirstOfLine()) {
                named = false;
            } else if (named) {
                key = take(key);
            }
        }
    }

    /** Takes the pair that the cursor is on; answers which key is to be expected next, in the order of the kernel. */
    private int take(int expected) {
        for (var i = expected; i < expected + KEYS.length; i++) {
            var key = i % KEYS.length;
            if (cursor.isPair(KEYS[key])) {
                if (cursor.hasNumber()) {
                    table.set(table.row(cursor.major(), cursor.minor()), COLUMNS[key], cursor.number());
                }
                return key + 1;
            }
        }
        return expected;
    }

    @Override
    public void close() {}
}
