/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.testkit.example;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.model.LimitKey;
import io.diskguard.model.Rate;
import io.diskguard.testkit.GuardedNode;
import io.diskguard.testkit.Pods;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class BatchPolicyTest {
    @Test
    void aBatchPodWritesAtMostSoOftenWhateverItsOwnerAskedFor() {
        var backup = Pods.pod("backup")
                .label("workload", "batch")
                .annotation("iops-limit/write-iops", "5000")
                .container("app")
                .build();
        var shop = Pods.pod("shop").container("app").build();
        var backupApp = Pods.idOf("backup", "app");
        var shopApp = Pods.idOf("shop", "app");

        try (var node = GuardedNode.with(new BatchPolicy(Rate.perSecond(100)))) {
            node.run(backup, shop).writes(backupApp, 20_000).writes(shopApp, 20_000);

            node.pass(Duration.ofSeconds(10));

            assertThat(node.limitOf(backupApp).wiops()).isEqualTo(Rate.perSecond(100));
            assertThat(node.done(backupApp).wios()).isEqualTo(1000);
            assertThat(node.originOf(backup, backupApp, LimitKey.WIOPS)).isEqualTo("label workload=batch");
            assertThat(node.done(shopApp).wios()).isEqualTo(5000); // the default, 500 a second
        }
    }
}
