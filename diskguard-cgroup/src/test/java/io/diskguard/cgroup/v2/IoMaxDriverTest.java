/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.cgroup.v2;

import io.diskguard.testkit.CgroupDriverFixture;
import io.diskguard.testkit.CgroupDriverTck;
import io.diskguard.testkit.SimulatedCgroups;

class IoMaxDriverTest extends CgroupDriverTck {
    @Override
    protected CgroupDriverFixture openFixture() {
        var cgroups = SimulatedCgroups.v2();
        return new CgroupDriverFixture(new IoMaxDriver(cgroups.fs()), cgroups);
    }
}
