/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.cgroup.v2;

import io.diskguard.cgroup.internal.ControlFileCursor;
import io.diskguard.cgroup.internal.Refusals;
import io.diskguard.model.CgroupPath;
import io.diskguard.model.DeviceId;
import io.diskguard.model.IoCounters;
import io.diskguard.spi.CgroupFs;
import io.diskguard.spi.FsResult;
import io.diskguard.spi.IoStatsSource;
import io.diskguard.spi.ReadBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Counters from {@code io.stat}: {@code 8:0 rbytes=1 wbytes=2 rios=3 wios=4 …}. Keys that are not known are passed over,
 * a disk without any of the four was not counted; some kernels put a disk without figures on the line of the next one.
 * Not thread-safe.
 */
public final class IoStat implements IoStatsSource {
    static final String FILE = "io.stat";

    private final CgroupFs fs;
    private final ReadBuffer buffer = new ReadBuffer();

    /** Reads from the hierarchy given. */
    public IoStat(CgroupFs fs) {
        this.fs = fs;
    }

    @Override
    public Sample sample(CgroupPath cgroup, Sink sink) {
        if (fs.read(cgroup, FILE, buffer) instanceof FsResult.Failed failed) {
            return Refusals.ofSample(fs, cgroup, failed);
        }
        parse().forEach((disk, io) -> sink.counted(disk, io.rbytes(), io.wbytes(), io.rios(), io.wios()));
        return Sample.COUNTED;
    }

    private Map<DeviceId, IoCounters> parse() {
        var counters = new HashMap<DeviceId, IoCounters>();
        var cursor = new ControlFileCursor(buffer);
        var device = Optional.<DeviceId>empty();
        var sums = new Sums();
        while (cursor.next()) {
            var named = cursor.device();
            if (named.isPresent() || cursor.isFirstOfLine()) {
                sums.into(counters, device);
                device = named;
            } else if (cursor.hasNumber()) {
                sums.take(cursor);
            }
        }
        sums.into(counters, device);
        return counters;
    }

    @Override
    public void close() {}

    private static final class Sums {
        private long rbytes;
        private long wbytes;
        private long rios;
        private long wios;
        private boolean any;

        void take(ControlFileCursor pair) {
            if (pair.isPair("rbytes")) {
                rbytes = pair.number();
            } else if (pair.isPair("wbytes")) {
                wbytes = pair.number();
            } else if (pair.isPair("rios")) {
                rios = pair.number();
            } else if (pair.isPair("wios")) {
                wios = pair.number();
            } else {
                return;
            }
            any = true;
        }

        /** Puts what was taken under that disk and starts again. */
        void into(Map<DeviceId, IoCounters> counters, Optional<DeviceId> device) {
            if (any && device.isPresent()) {
                counters.put(device.get(), new IoCounters(rbytes, wbytes, rios, wios));
            }
            rbytes = wbytes = rios = wios = 0;
            any = false;
        }
    }
}
