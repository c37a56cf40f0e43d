/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.smart;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.model.DeviceId;
import io.diskguard.simulator.SimulatedDisk;
import io.diskguard.simulator.SimulatedMount;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of smart limits as other disks are configured. */
class OtherDisksTest {
    private static final DeviceId OTHER = new DeviceId(8, 16);

    private final LiveNode node = new LiveNode(Map.of("smart_limit_history_window", "10"));

    OtherDisksTest() {
        node.node().node().addDisk(SimulatedDisk.nvme("sdb", OTHER, "S2"));
        node.node().node().mount(SimulatedMount.of("/logs", OTHER, "ext4", "/dev/sdb"));
    }

    @AfterEach
    void close() {
        node.close();
    }

    @Test
    void aLimitOnADiskThatIsConfiguredNoMoreGoesForGood() {
        node.writes(900).minutes(8);
        assertThat(node.kernel()).isEqualTo("wiops=720");

        node.fresh().set("data_mount", "/logs").writes(0).minutes(30);

        assertThat(node.told()).containsExactly("RELEASE enforce legacy wiops=720", "took RELEASE");
        assertThat(node.annotations()).doesNotContainKey("iops-limit/smart-limit");
        node.set("data_mount", "/data").minutes(1);
        assertThat(node.kernel()).isEmpty();
    }

    @Test
    void aLimitOnADiskThatIsConfiguredAgainSoonGoesOn() {
        node.writes(900).minutes(8).fresh();

        node.set("data_mount", "/logs").minutes(5);
        assertThat(node.kernel()).isEmpty();
        node.set("data_mount", "/data").minutes(1);

        assertThat(node.kernel()).isEqualTo("wiops=720");
        assertThat(node.told()).isEmpty();
    }
}
