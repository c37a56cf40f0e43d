/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.cgroup.v1;

import io.diskguard.cgroup.internal.ControlFileCursor;
import io.diskguard.cgroup.internal.Refusals;
import io.diskguard.model.CgroupPath;
import io.diskguard.model.DeviceId;
import io.diskguard.spi.CgroupFs;
import io.diskguard.spi.FsResult;
import io.diskguard.spi.IoStatsSource;
import io.diskguard.spi.ReadBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Counters from {@code blkio.throttle.io_service_bytes} and {@code blkio.throttle.io_serviced}: lines {@code 8:0 Write
 * 12}. They are the cgroup's own, without its children's. A disk has no line before any cgroup had a throttle rule for
 * it (kernel 6.10 and later). Not thread-safe.
 */
public final class BlkioThrottleStats implements IoStatsSource {
    private static final String BYTES = "blkio.throttle.io_service_bytes";
    private static final String OPERATIONS = "blkio.throttle.io_serviced";

    private final CgroupFs fs;
    private final ReadBuffer buffer = new ReadBuffer();

    /** Reads from the hierarchy given. */
    public BlkioThrottleStats(CgroupFs fs) {
        this.fs = fs;
    }

    @Override
    public Sample sample(CgroupPath cgroup, Sink sink) {
        var sums = new HashMap<DeviceId, Sums>();
        if (fs.read(cgroup, BYTES, buffer) instanceof FsResult.Failed failed) {
            return Refusals.ofSample(fs, cgroup, failed);
        }
        collect(sums, false);
        if (fs.read(cgroup, OPERATIONS, buffer) instanceof FsResult.Failed failed) {
            return Refusals.ofSample(fs, cgroup, failed);
        }
        collect(sums, true);
        sums.forEach((device, sum) -> sink.counted(device, sum.rbytes, sum.wbytes, sum.rios, sum.wios));
        return Sample.COUNTED;
    }

    private void collect(Map<DeviceId, Sums> sums, boolean operations) {
        var cursor = new ControlFileCursor(buffer);
        var device = Optional.<DeviceId>empty();
        var reads = false;
        var writes = false;
        while (cursor.next()) {
            if (cursor.isFirstOfLine()) {
                device = cursor.device();
                reads = false;
                writes = false;
            } else if (device.isPresent() && (reads || writes) && cursor.hasNumber()) {
                sums.computeIfAbsent(device.get(), none -> new Sums()).set(operations, reads, cursor.number());
            } else {
                reads = cursor.is("Read");
                writes = cursor.is("Write");
            }
        }
    }

    @Override
    public void close() {}

    private static final class Sums {
        private long rbytes;
        private long wbytes;
        private long rios;
        private long wios;

        void set(boolean operations, boolean read, long value) {
            if (operations && read) {
                rios = value;
            } else if (operations) {
                wios = value;
            } else if (read) {
                rbytes = value;
            } else {
                wbytes = value;
            }
        }
    }
}
