/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.testkit;

import io.diskguard.simulator.SimulatedNode;

class SimulatedDriverV2Test extends CgroupDriverTck {
    @Override
    protected CgroupDriverFixture openFixture() {
        var node = SimulatedNode.v2();
        return new CgroupDriverFixture(node.driver(), SimulatedCgroups.on(node.cgroups()));
    }
}
