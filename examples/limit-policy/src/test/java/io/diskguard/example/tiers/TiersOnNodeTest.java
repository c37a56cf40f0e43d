/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.example.tiers;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.config.GuardConfig;
import io.diskguard.model.IoLimit;
import io.diskguard.model.LimitKey;
import io.diskguard.model.Pod;
import io.diskguard.model.QosClass;
import io.diskguard.model.Rate;
import io.diskguard.reconcile.DiskGuardListener;
import io.diskguard.spi.LimitPolicy;
import io.diskguard.testkit.GuardedNode;
import io.diskguard.testkit.Pods;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The whole engine, on a simulated kernel. */
class TiersOnNodeTest {
    private static final Duration SOME = Duration.ofSeconds(10);

    @Test
    void aPodHasTheLimitsOfTheTierThatItsLabelNames() {
        var db = Pods.pod("db")
                .label("diskguard.io/tier", "gold")
                .container("app")
                .build();
        try (var node = GuardedNode.with(Samples.policy())) {
            node.run(db).writes(Pods.idOf("db", "app"), 20_000).pass(SOME);

            var limit = node.limitOf(Pods.idOf("db", "app"));
            assertThat(limit.wiops()).isEqualTo(Rate.perSecond(2000));
            assertThat(limit.riops()).as("max: not even the default").isEqualTo(Rate.UNLIMITED);
            assertThat(limit.wbps()).isEqualTo(Rate.perSecond(200 << 20));
            assertThat(node.done(Pods.idOf("db", "app")).wios()).isEqualTo(20_000);
            assertThat(node.originOf(db, Pods.idOf("db", "app"), LimitKey.WIOPS))
                    .isEqualTo("tier gold by label diskguard.io/tier");
        }
    }

    @Test
    void withoutLabelTheQosClassDecidesAndWithoutTierTheDefault() {
        var batch = Pods.pod("batch").qos(QosClass.BEST_EFFORT).container("app").build();
        var shop = Pods.pod("shop").qos(QosClass.GUARANTEED).container("app").build();
        try (var node = GuardedNode.with(Samples.policy())) {
            node.run(batch, shop).pass(SOME);

            assertThat(node.limitOf(Pods.idOf("batch", "app")))
                    .as("the default for what the tier says nothing of")
                    .isEqualTo(new IoLimit(rate(500), rate(100), Rate.UNLIMITED, rate(10 << 20)));
            assertThat(node.limitOf(Pods.idOf("shop", "app")))
                    .isEqualTo(new IoLimit(rate(500), rate(500), Rate.UNLIMITED, Rate.UNLIMITED));
        }
    }

    @Test
    void anAnnotationGoesBeforeATierAndTheCeilingOverBoth() {
        var config = GuardConfig.builder()
                .ceiling(IoLimit.UNLIMITED.with(LimitKey.WBPS, rate(100 << 20)))
                .build();
        var db = Pods.pod("db")
                .label("diskguard.io/tier", "gold")
                .annotation("iops-limit/write-iops", "700")
                .container("app")
                .build();
        try (var node = GuardedNode.with(config, DiskGuardListener.NOOP, Samples.policy())) {
            node.run(db).pass(SOME);

            var limit = node.limitOf(Pods.idOf("db", "app"));
            assertThat(limit.wiops()).isEqualTo(rate(700));
            assertThat(limit.wbps()).isEqualTo(rate(100 << 20));
        }
    }

    @Test
    void aTierThatIsNotThereIsToldAndTheQosClassDecides() {
        var told = new ArrayList<LimitPolicy.Problem>();
        var listener = new DiskGuardListener() {
            @Override
            public void invalidAnnotation(Pod pod, LimitPolicy.Problem problem) {
                told.add(problem);
            }
        };
        var typo = Pods.pod("typo")
                .label("diskguard.io/tier", "glod")
                .qos(QosClass.BEST_EFFORT)
                .container("app")
                .build();
        try (var node = GuardedNode.with(GuardConfig.defaults(), listener, Samples.policy())) {
            node.run(typo).pass(SOME);

            assertThat(node.limitOf(Pods.idOf("typo", "app")).wiops()).isEqualTo(rate(100));
            assertThat(told)
                    .isEqualTo(List.of(new LimitPolicy.Problem(
                            "diskguard.io/tier", "glod", "a tier of this node: best-effort, gold")));
        }
    }

    @Test
    void aLabelThatChangesTakesEffectAtOnce() {
        var plain = Pods.pod("db").container("app");
        try (var node = GuardedNode.with(Samples.policy())) {
            node.run(plain.build()).pass(SOME);
            node.run(plain.label("diskguard.io/tier", "gold").build()).pass(Duration.ofSeconds(1));

            assertThat(node.limitOf(Pods.idOf("db", "app")).wiops()).isEqualTo(rate(2000));
        }
    }

    private static Rate rate(long value) {
        return Rate.perSecond(value);
    }
}
