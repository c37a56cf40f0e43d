/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.e2e.scenarios.kernel;

import io.diskguard.cgroup.v2.IoMaxDriver;
import io.diskguard.e2e.scenarios.machine.Cgroups;
import io.diskguard.e2e.scenarios.machine.Machine;
import io.diskguard.testkit.CgroupDriverFixture;
import io.diskguard.testkit.CgroupDriverTck;

/** {@code io.max} of the kernel: the driver's contract. */
public final class IoMaxDriverOnThisKernelTest extends CgroupDriverTck {
    public IoMaxDriverOnThisKernelTest() {}

    @Override
    protected CgroupDriverFixture openFixture() {
        var cgroups = Cgroups.open(Machine.here());
        return new CgroupDriverFixture(new IoMaxDriver(cgroups.fs()), cgroups);
    }
}
