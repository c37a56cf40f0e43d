/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.cgroup.guard;

import io.diskguard.cgroup.v2.IoMaxDriver;
import io.diskguard.simulator.SimulatedNode;
import io.diskguard.spi.CgroupDriver;

class DiskGuardOnV2Test extends DiskGuardOnSimulatedNodeTest {
    @Override
    SimulatedNode newNode() {
        return SimulatedNode.v2();
    }

    @Override
    CgroupDriver newDriver(SimulatedNode node) {
        return new IoMaxDriver(node.cgroups());
    }
}
