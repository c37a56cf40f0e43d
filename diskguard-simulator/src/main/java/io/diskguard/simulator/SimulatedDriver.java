/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.simulator;

import io.diskguard.model.CgroupPath;
import io.diskguard.model.DeviceId;
import io.diskguard.model.DeviceLimits;
import io.diskguard.model.IoLimit;
import io.diskguard.spi.CgroupDriver;
import io.diskguard.spi.CgroupFs;
import io.diskguard.spi.Errno;
import io.diskguard.spi.FsResult;
import java.util.TreeMap;

/** A driver that knows the simulated kernel of either version from within; its rules and faults hold for it too. Thread-safe. */
final class SimulatedDriver implements CgroupDriver {
    private final SimulatedCgroupFs cgroups;

    SimulatedDriver(SimulatedCgroupFs cgroups) {
        this.cgroups = cgroups;
    }

    @Override
    public CgroupFs hierarchy() {
        return cgroups;
    }

    @Override
    public ApplyResult apply(CgroupPath cgroup, DeviceId device, IoLimit limit) {
        for (var line : cgroups.lines(device, limit).entrySet()) {
            if (cgroups.write(cgroup, line.getKey(), line.getValue()) instanceof FsResult.Failed failed) {
                return refused(cgroup, line.getValue(), failed);
            }
        }
        return new ApplyResult.Applied();
    }

    private ApplyResult refused(CgroupPath cgroup, String line, FsResult.Failed failed) {
        if (failed.errno() != Errno.ENOENT) {
            return new ApplyResult.Rejected(failed.errno(), "\"" + line + "\" to " + failed.detail());
        }
        return cgroups.exists(cgroup) ? new ApplyResult.ControllerOff(failed.detail()) : new ApplyResult.Gone();
    }

    @Override
    public ReadResult read(CgroupPath cgroup) {
        var limits = new TreeMap<DeviceId, IoLimit>();
        if (!(cgroups.limits(cgroup, limits) instanceof FsResult.Failed failed)) {
            return new ReadResult.Found(new DeviceLimits(limits));
        }
        if (failed.errno() != Errno.ENOENT) {
            return new ReadResult.Failed(failed.errno(), failed.detail());
        }
        return cgroups.exists(cgroup) ? new ReadResult.ControllerOff(failed.detail()) : new ReadResult.Gone();
    }

    @Override
    public void close() {}
}
