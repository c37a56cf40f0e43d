/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.cgroup.guard;

import io.diskguard.cgroup.v1.BlkioThrottleDriver;
import io.diskguard.simulator.SimulatedNode;
import io.diskguard.spi.CgroupDriver;

class DiskGuardOnV1Test extends DiskGuardOnSimulatedNodeTest {
    @Override
    SimulatedNode newNode() {
        return SimulatedNode.v1();
    }

    @Override
    CgroupDriver newDriver(SimulatedNode node) {
        return new BlkioThrottleDriver(node.cgroups());
    }
}
