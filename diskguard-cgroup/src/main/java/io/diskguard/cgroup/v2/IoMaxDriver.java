/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.cgroup.v2;

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
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Limits through {@code io.max}: one line {@code MAJ:MIN rbps=… wbps=… riops=… wiops=…} a disk. The kernel keeps a key
 * that is not written, so all four are ({@code block/blk-throttle.c}, {@code tg_set_limit}). Thread-safe.
 */
public final class IoMaxDriver implements CgroupDriver {
    static final String FILE = "io.max";
    private static final LimitKey[] KEYS = LimitKey.values();

    private final CgroupFs fs;
    private final Buffers buffers = new Buffers();

    /** Writes into the hierarchy given. */
    public IoMaxDriver(CgroupFs fs) {
        this.fs = fs;
    }

    @Override
    public CgroupFs hierarchy() {
        return fs;
    }

    @Override
    public ApplyResult apply(CgroupPath cgroup, DeviceId device, IoLimit limit) {
        var line = device + " " + limit;
        return fs.write(cgroup, FILE, line) instanceof FsResult.Failed failed
                ? Refusals.ofWrite(fs, cgroup, line, failed)
                : new ApplyResult.Applied();
    }

    @Override
    public ReadResult read(CgroupPath cgroup) {
        return buffers.with(buffer -> fs.read(cgroup, FILE, buffer) instanceof FsResult.Failed failed
                ? Refusals.ofRead(fs, cgroup, failed)
                : new ReadResult.Found(DeviceLimits.of(parse(buffer))));
    }

    private static Map<DeviceId, IoLimit> parse(ReadBuffer buffer) {
        var found = new TreeMap<DeviceId, IoLimit>();
        var cursor = new ControlFileCursor(buffer);
        var device = Optional.<DeviceId>empty();
        while (cursor.next()) {
            if (cursor.isFirstOfLine()) {
                device = cursor.device();
            } else if (device.isPresent() && cursor.hasNumber()) {
                for (var key : KEYS) {
                    if (cursor.isPair(key.key())) {
                        found.put(
                                device.get(),
                                found.getOrDefault(device.get(), IoLimit.UNLIMITED)
                                        .with(key, Rate.ofZeroIsUnlimited(cursor.number())));
                    }
                }
            }
        }
        return found;
    }

    @Override
    public void close() {}
}
