/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.cgroup.v1;

import io.diskguard.testkit.CgroupDriverFixture;
import io.diskguard.testkit.CgroupDriverTck;
import io.diskguard.testkit.SimulatedCgroups;

class BlkioThrottleDriverTest extends CgroupDriverTck {
    @Override
    protected CgroupDriverFixture openFixture() {
        var cgroups = SimulatedCgroups.v1();
        return new CgroupDriverFixture(new BlkioThrottleDriver(cgroups.fs()), cgroups);
    }
}
