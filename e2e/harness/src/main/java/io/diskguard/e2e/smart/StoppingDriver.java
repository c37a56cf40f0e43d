/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.e2e.smart;

import io.diskguard.model.CgroupPath;
import io.diskguard.model.DeviceId;
import io.diskguard.model.IoLimit;
import io.diskguard.spi.CgroupDriver;
import io.diskguard.spi.CgroupFs;

/**
 * A driver with a stop before and after each write.
 *
 * @param statics what is left when a limit by load is taken back
 */
record StoppingDriver(CgroupDriver driver, IoLimit statics, Stops stops) implements CgroupDriver {
    @Override
    public CgroupFs hierarchy() {
        return driver.hierarchy();
    }

    @Override
    public ApplyResult apply(CgroupPath cgroup, DeviceId device, IoLimit limit) {
        var what = limit.equals(statics) ? Stops.What.RELEASE : Stops.What.APPLY;
        stops.reach(what, "before-kernel");
        var result = driver.apply(cgroup, device, limit);
        stops.reach(what, "after-kernel");
        return result;
    }

    @Override
    public ReadResult read(CgroupPath cgroup) {
        return driver.read(cgroup);
    }

    @Override
    public void close() {
        driver.close();
    }
}
