/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.cgroup.signal.HostSignals;
import io.diskguard.model.DeviceId;
import io.diskguard.model.Disk;
import io.diskguard.simulator.SimulatedNode;
import org.junit.jupiter.api.Test;

class NodeMemoryTest {
    private static final Disk DISK = new Disk(new DeviceId(8, 0), "sda");

    @Test
    void aDiskThatIsCountedAgainIsNoTroubleAnyMore() {
        try (var node = SimulatedNode.v2()) {
            var memory = new NodeMemory(node.environment(), node.pods(), HostSignals.of(node.environment()));
            memory.countingOff(DISK, "iostats is 0");
            assertThat(memory.countingOff(DISK.id())).contains("iostats is 0");

            memory.countingOn(DISK);

            assertThat(memory.countingOff(DISK.id())).isEmpty();
        }
    }
}
