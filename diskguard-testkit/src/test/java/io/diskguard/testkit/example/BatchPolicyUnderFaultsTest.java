/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.testkit.example;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.config.GuardConfig;
import io.diskguard.model.Rate;
import io.diskguard.spi.LimitPolicy;
import io.diskguard.testkit.GuardedNode;
import io.diskguard.testkit.Pods;
import io.diskguard.testkit.fault.Fault;
import io.diskguard.testkit.fault.FaultPlan;
import io.diskguard.testkit.fault.Faulty;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class BatchPolicyUnderFaultsTest {
    @Test
    void onceThePolicyAnswersAgainTheLimitIsTheStricterOne() {
        var backup =
                Pods.pod("backup").label("workload", "batch").container("app").build();
        var app = Pods.idOf("backup", "app");
        var plan = new FaultPlan();
        var policy = Faulty.of(LimitPolicy.class, new BatchPolicy(Rate.perSecond(100)), plan);

        try (var node = GuardedNode.with(GuardConfig.defaults(), builder -> builder.policy(policy))) {
            plan.at(LimitPolicy.class, "propose", Fault.fail(() -> new IllegalStateException("broken for the test")));
            node.run(backup).pass(Duration.ofSeconds(2));
            assertThat(plan.met()).isPositive(); // else nothing was tested
            assertThat(node.limitOf(app).wiops()).isEqualTo(Rate.perSecond(500)); // the default

            plan.end();
            node.pass(Duration.ofSeconds(31)); // a resync
            assertThat(node.limitOf(app).wiops()).isEqualTo(Rate.perSecond(100));
        }
    }
}
