/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.smart;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.DiskGuard;
import io.diskguard.config.DiskCapacity;
import io.diskguard.config.DiskSettings;
import io.diskguard.config.GuardConfig;
import io.diskguard.model.IoLimit;
import io.diskguard.model.LimitKey;
import io.diskguard.policy.smart.SmartDecision.Kind;
import io.diskguard.testkit.GuardedNode;
import io.diskguard.testkit.Pods;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What explain says of limits by load. */
class SmartExplainTest {
    private static final GuardConfig CONFIG = GuardConfig.builder()
            .defaultLimit(IoLimit.UNLIMITED)
            .disks(new DiskSettings(
                    List.of("/data"),
                    List.of(),
                    new DiskCapacity(OptionalLong.of(1000), OptionalLong.empty()),
                    Map.of()))
            .smart(Timeline.settings(Timeline.window("legacy", 10, 0.8, 0)))
            .build();

    private static GuardedNode limited() {
        var node = GuardedNode.with(CONFIG, builder -> builder.smart(SmartKeeper::of));
        return node.run(Pods.pod("db").container("app").build())
                .writes(Pods.idOf("db", "app"), 900)
                .pass(Duration.ofMinutes(6));
    }

    @Test
    void theAgentSaysWhatItHasDecidedOfThePod() {
        try (var node = limited()) {
            var explanation = node.guard().explain("default", "db").orElseThrow();
            assertThat(explanation.rows()).singleElement().satisfies(row -> {
                assertThat(row.decision().origin(LimitKey.WIOPS)).isEqualTo("smart legacy");
                assertThat(row.decision().smart()).isPresent();
            });
            assertThat(explanation.decisions())
                    .singleElement()
                    .satisfies(each -> assertThat(each.decision().kind()).isEqualTo(Kind.APPLY));
        }
    }

    @Test
    void anotherProcessTakesItFromTheMark() {
        try (var node = limited();
                var driver = node.node().driver()) {
            var command = DiskGuard.builder()
                    .environment(node.node().environment())
                    .config(CONFIG.toBuilder()
                            .stateDir(node.node().environment().paths().proc().resolveSibling("other"))
                            .build())
                    .driver(driver)
                    .pods(node.node().pods())
                    .podCgroups(node.node().podCgroups())
                    .build();

            var row = command.explain("default", "db").orElseThrow().rows().get(0);

            assertThat(row.decision().origin(LimitKey.WIOPS)).isEqualTo("smart legacy");
            assertThat(row.decision().smart().orElseThrow().reason()).isEqualTo("legacy[WriteIOPS:0.90>0.80]");
            assertThat(row.kernel()).contains(row.decision().limit());
        }
    }
}
