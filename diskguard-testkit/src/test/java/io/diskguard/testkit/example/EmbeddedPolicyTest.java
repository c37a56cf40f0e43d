/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.testkit.example;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.DiskGuard;
import io.diskguard.GuardStatus;
import io.diskguard.config.GuardConfig;
import io.diskguard.model.Rate;
import io.diskguard.simulator.SimulatedNode;
import org.junit.jupiter.api.Test;

/** The policy in a program that embeds the library. */
class EmbeddedPolicyTest {
    @Test
    void aPolicyIsHandedToTheBuilder() {
        try (var node = SimulatedNode.v2();
                var driver = node.driver();
                var pods = node.pods();
                var podCgroups = node.podCgroups()) {
            var guard = DiskGuard.builder()
                    .environment(node.environment())
                    .config(GuardConfig.defaults())
                    .driver(driver)
                    .pods(pods)
                    .podCgroups(podCgroups)
                    .policy(new BatchPolicy(Rate.perSecond(100)))
                    .build();
            assertThat(guard.status()).isInstanceOf(GuardStatus.class);
        }
    }
}
