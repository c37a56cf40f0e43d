/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.model.ContainerKind;
import io.diskguard.model.QosClass;
import io.diskguard.simulator.SimulatedNode;
import org.junit.jupiter.api.Test;

class PodsTest {
    @Test
    void aPodNeedsNoMoreThanItsName() {
        var pod = Pods.pod("web").build();

        assertThat(pod.fullName()).isEqualTo("default/web");
        assertThat(pod.qosClass()).isEqualTo(QosClass.BURSTABLE);
        assertThat(pod.containers()).isEmpty();
    }

    @Test
    void aBuiltPodRunsOnTheSimulatedNode() {
        var pod = Pods.pod("web")
                .namespace("shop")
                .annotation("iops-limit/iops", "100")
                .container("app")
                .container("setup", ContainerKind.INIT)
                .waitingContainer("later")
                .build();

        try (var node = SimulatedNode.v2()) {
            node.addPod(pod);

            assertThat(node.cgroupOf(Pods.idOf("web", "app"))).isPresent();
            assertThat(node.cgroupOf(Pods.idOf("web", "setup"))).isPresent();
            assertThat(node.cgroupOf(Pods.idOf("web", "later"))).isEmpty();
        }
    }
}
