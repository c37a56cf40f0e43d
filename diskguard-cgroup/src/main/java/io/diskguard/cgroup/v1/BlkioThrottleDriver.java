/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.cgroup.v1;

import io.diskguard.cgroup.internal.Buffers;
import io.diskguard.cgroup.internal.ControlFileCursor;
import io.diskguard.cgroup.internal.Refusals;
import io.diskguard.model.CgroupPath;
import io.diskguard.model.DeviceId;
import io.diskguard.model.DeviceLimits;
import io.diskguard.model.IoLimit;
import io.diskguard.model.LimitKey;
import io.diskguard.model.Rate;
import io.diskguard.spi.CgroupDriver;
import io.diskguard.spi.CgroupFs;
import io.diskguard.spi.FsResult;
import io.diskguard.spi.ReadBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Limits through the four files {@code blkio.throttle.{read,write}_{bps,iops}_device}: a line {@code MAJ:MIN v} each, 0
 * removes (kernel {@code Documentation/admin-guide/cgroup-v1/blkio-controller.rst}). There is no way to set all four at
 * once: where one is refused, those before it stay written, and reading back tells. Thread-safe.
 */
public final class BlkioThrottleDriver implements CgroupDriver {
    private static final List<LimitKey> ORDER = List.of(LimitKey.RBPS, LimitKey.WBPS, LimitKey.RIOPS, LimitKey.WIOPS);

    private final CgroupFs fs;
    private final Buffers buffers = new Buffers();

    /** Writes into the hierarchy given. */
    public BlkioThrottleDriver(CgroupFs fs) {
        this.fs = fs;
    }

    static String file(LimitKey key) {
        return key.pick(
                "blkio.throttle.read_iops_device",
                "blkio.throttle.write_iops_device",
                "blkio.throttle.read_bps_device",
                "blkio.throttle.write_bps_device");
    }

    @Override
    public CgroupFs hierarchy() {
        return fs;
    }

    @Override
    public ApplyResult apply(CgroupPath cgroup, DeviceId device, IoLimit limit) {
        for (var key : ORDER) {
            var line = device + " " + (limit.get(key) instanceof Rate.PerSecond rate ? rate.value() : 0);
            if (fs.write(cgroup, file(key), line) instanceof FsResult.Failed failed) {
                return Refusals.ofWrite(fs, cgroup, line, failed);
            }
        }
        return new ApplyResult.Applied();
    }

    @Override
    public ReadResult read(CgroupPath cgroup) {
        return buffers.with(buffer -> read(cgroup, buffer));
    }

    private ReadResult read(CgroupPath cgroup, ReadBuffer buffer) {
        var found = new TreeMap<DeviceId, IoLimit>();
        for (var key : ORDER) {
            if (fs.read(cgroup, file(key), buffer) instanceof FsResult.Failed failed) {
                return Refusals.ofRead(fs, cgroup, failed);
            }
            collect(key, buffer, found);
        }
        return new ReadResult.Found(DeviceLimits.of(found));
    }

    private static void collect(LimitKey key, ReadBuffer buffer, Map<DeviceId, IoLimit> found) {
        var cursor = new ControlFileCursor(buffer);
        while (cursor.next()) {
            var device = cursor.isFirstOfLine() ? cursor.device() : Optional.<DeviceId>empty();
            if (device.isPresent() && cursor.next() && !cursor.isFirstOfLine() && cursor.hasNumber()) {
                found.put(
                        device.get(),
                        found.getOrDefault(device.get(), IoLimit.UNLIMITED)
                                .with(key, Rate.ofZeroIsUnlimited(cursor.number())));
            }
        }
    }

    @Override
    public void close() {}
}
