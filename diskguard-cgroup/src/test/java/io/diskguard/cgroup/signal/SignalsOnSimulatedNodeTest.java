/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.cgroup.signal;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.model.DeviceId;
import io.diskguard.model.DiskActivity;
import io.diskguard.simulator.Load;
import io.diskguard.simulator.SimulatedDisk;
import io.diskguard.simulator.SimulatedNode;
import io.diskguard.spi.IoSignals;
import io.diskguard.testkit.Pods;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A simulated disk that is asked for more than it can do is seen as the library sees a real one. */
class SignalsOnSimulatedNodeTest {
    private static final DeviceId DISK = new DeviceId(8, 0);

    @Test
    void contentionIsSeenInTheDisksFiguresAndInThePressure() {
        try (var node = SimulatedNode.v2()) {
            var signals = HostSignals.v2(node.environment().paths(), node.cgroups());
            node.addDisk(SimulatedDisk.hardware("sda", DISK));
            node.capacity(DISK, 1000);
            node.addPod(Pods.pod("web").container("app").build());
            node.load(Pods.idOf("web", "app"), Load.writing(DISK, 4000, 4096));
            node.advance(Duration.ofSeconds(1));
            var before = activity(signals);

            node.advance(Duration.ofSeconds(10));

            var rates = activity(signals).since(before, Duration.ofSeconds(10)).orElseThrow();
            assertThat(rates.awaitMillis()).hasValue(4); // four times the 1 ms that it takes a disk of 1000 a second
            assertThat(rates.utilisation()).isEqualTo(1);
            var app = node.cgroupOf(Pods.idOf("web", "app")).orElseThrow();
            for (var pressure : List.of(signals.ofNode(), signals.ofCgroup(app))) {
                assertThat(pressure.toOptional())
                        .hasValueSatisfying(
                                known -> assertThat(known.some().avg10()).isBetween(49.0, 51.0));
            }
        }
    }

    private static DiskActivity activity(IoSignals signals) {
        return signals.activity(DISK).toOptional().orElseThrow();
    }
}
