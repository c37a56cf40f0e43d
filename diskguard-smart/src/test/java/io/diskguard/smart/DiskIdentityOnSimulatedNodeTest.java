/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.smart;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.model.DeviceId;
import io.diskguard.simulator.SimulatedDisk;
import io.diskguard.simulator.SimulatedNode;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A disk is known again after a boot that gave it another number and name. */
class DiskIdentityOnSimulatedNodeTest {
    @Test
    void eachKindOfDiskIsKnownAgainUnderOtherNumbers() {
        assertThat(identities("a", 0)).isEqualTo(identities("b", 3)).doesNotHaveDuplicates();
    }

    @Test
    void aDiskWithoutAnyNameOfItsOwnIsItsKernelName() {
        try (var node = SimulatedNode.v2()) {
            node.addDisk(SimulatedDisk.hardware("sda", new DeviceId(8, 0)));

            assertThat(new DiskIdentity(node.environment().paths()).of(new DeviceId(8, 0)))
                    .isEqualTo("sda");
        }
    }

    private static List<String> identities(String letter, int shift) {
        try (var node = SimulatedNode.v1()) {
            var under = "sd" + letter;
            node.addDisk(SimulatedDisk.hardware(under, new DeviceId(8, 16 * shift)));
            node.addDisk(SimulatedDisk.virtio("vd" + letter, new DeviceId(254, 16 * shift), "SYSTEM"));
            node.addDisk(SimulatedDisk.nvme("nvme" + shift + "n1", new DeviceId(259, shift), "S1"));
            node.addDisk(SimulatedDisk.loop("loop" + shift, new DeviceId(7, shift), "/image"));
            node.addDisk(SimulatedDisk.mapped("dm-" + shift, new DeviceId(253, shift), "vg-data", List.of(under)));
            node.addDisk(SimulatedDisk.crypt("dm-1" + shift, new DeviceId(253, 10 + shift), "secret", under));
            var identity = new DiskIdentity(node.environment().paths());
            return List.of(
                            new DeviceId(254, 16 * shift),
                            new DeviceId(259, shift),
                            new DeviceId(7, shift),
                            new DeviceId(253, shift),
                            new DeviceId(253, 10 + shift))
                    .stream()
                    .map(identity::of)
                    .toList();
        }
    }
}
