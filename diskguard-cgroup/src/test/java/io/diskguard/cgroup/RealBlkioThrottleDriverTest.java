/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.cgroup;

import io.diskguard.cgroup.v1.BlkioThrottleDriver;
import io.diskguard.testkit.CgroupDriverFixture;
import io.diskguard.testkit.CgroupDriverTck;
import org.junit.jupiter.api.extension.RegisterExtension;

/** On the kernel of this machine, where it has cgroup v1 and we are root; else skipped. */
class RealBlkioThrottleDriverTest extends CgroupDriverTck {
    @RegisterExtension
    static final RealKernel KERNEL = new RealKernel();

    @Override
    protected CgroupDriverFixture openFixture() {
        var cgroups = KERNEL.blkio().cgroups();
        return new CgroupDriverFixture(new BlkioThrottleDriver(cgroups.fs()), cgroups);
    }
}
