/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.smart;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.config.DiskCapacity;
import io.diskguard.config.DiskSettings;
import io.diskguard.config.GuardConfig;
import io.diskguard.config.GuardConfigBuilder;
import io.diskguard.config.SmartRelease;
import io.diskguard.config.SmartSettings;
import io.diskguard.config.SmartWindow;
import io.diskguard.config.Threshold;
import io.diskguard.model.Exclusions;
import io.diskguard.model.IoLimit;
import io.diskguard.model.LabelSelector;
import io.diskguard.model.LimitKey;
import io.diskguard.model.Rate;
import io.diskguard.policy.smart.Recorded;
import io.diskguard.policy.smart.SmartDecision.Kind;
import io.diskguard.reconcile.DiskGuardListener;
import io.diskguard.spi.Errno;
import io.diskguard.testkit.GuardedNode;
import io.diskguard.testkit.Pods;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What smart limits elsewhere got wrong on a node: docs/lessons.md. */
class SmartLessonsTest {
    private final List<Kind> took = new ArrayList<>();
    private final DiskGuardListener listener = new DiskGuardListener() {
        @Override
        public void smartTook(Recorded each) {
            took.add(each.decision().kind());
        }
    };

    private GuardedNode node(GuardConfig config) {
        return GuardedNode.with(config, builder -> builder.listener(listener).smart(SmartKeeper::of));
    }

    private static GuardConfigBuilder config() {
        var half = new Threshold.Fraction(0.5);
        var much = new Threshold.Fraction(0.8);
        var window = new SmartWindow(
                "legacy", Duration.ofMinutes(10), much, much, OptionalLong.empty(), OptionalLong.empty());
        var minute = Duration.ofMinutes(1);
        return GuardConfig.builder()
                .disks(new DiskSettings(
                        List.of("/data"),
                        List.of(),
                        new DiskCapacity(OptionalLong.of(1000), OptionalLong.empty()),
                        Map.of()))
                .smart(new SmartSettings(
                        true,
                        SmartSettings.Mode.ENFORCE,
                        minute,
                        List.of(window),
                        SmartSettings.Reference.DISK,
                        50,
                        1 << 20,
                        new SmartRelease(half, half, Duration.ofMinutes(5), minute),
                        false,
                        Optional.empty()));
    }

    /** There all of the owner's annotations were removed with the limit, and the defaults came instead. */
    @Test
    void aReleaseGivesBackWhatTheOwnerSet() {
        try (var node = node(config().build())) {
            var pod = Pods.pod("db")
                    .container("app")
                    .annotation("iops-limit/write-iops", "950")
                    .build();
            var app = Pods.idOf("db", "app");
            node.run(pod).writes(app, 940).pass(Duration.ofMinutes(10));
            assertThat(node.limitOf(app).get(LimitKey.WIOPS)).isEqualTo(Rate.perSecond(752));

            node.writes(app, 10).pass(Duration.ofMinutes(20));

            assertThat(took).containsExactly(Kind.APPLY, Kind.RELEASE);
            assertThat(node.limitOf(app).get(LimitKey.WIOPS)).isEqualTo(Rate.perSecond(950));
            assertThat(node.node().state().read(pod.uid())).containsEntry("iops-limit/write-iops", "950");
        }
    }

    /** There the event came, and the container counted as limited, though the write had failed. */
    @Test
    void whatTheKernelDoesNotHaveIsNeitherToldNorKept() {
        try (var node = node(config().defaultLimit(IoLimit.UNLIMITED).build())) {
            var pod = Pods.pod("db").container("app").build();
            var app = Pods.idOf("db", "app");
            node.run(pod).writes(app, 900).pass(Duration.ofMinutes(1));
            node.node().cgroups().refuseWrites(Errno.EROFS);
            node.pass(Duration.ofMinutes(10));
            assertThat(node.guard().decisions()).isNotEmpty();
            assertThat(took).isEmpty();
            assertThat(node.node().state().read(pod.uid())).isEmpty();

            node.node().cgroups().refuseNothing();
            node.pass(Duration.ofMinutes(1));
            assertThat(took).containsExactly(Kind.APPLY);
            assertThat(node.limitOf(app).get(LimitKey.WIOPS)).isEqualTo(Rate.perSecond(720));
            assertThat(node.node().state().read(pod.uid())).containsEntry("iops-limit/smart-limit", "true");
        }
    }

    /** There a selector of pods to leave out left out all. */
    @Test
    void aSelectorLeavesOutThosePodsAndWatchesTheOthers() {
        var exclusions = new Exclusions(
                Set.of(),
                Optional.of(((LabelSelector.Parsed.Valid) LabelSelector.parse("tier=system")).selector()),
                List.of(),
                List.of());
        var config = config().defaultLimit(IoLimit.UNLIMITED).exclusions(exclusions);
        try (var node = node(config.build())) {
            var app = Pods.idOf("db", "app");
            var system = Pods.idOf("sys", "app");
            node.run(
                            Pods.pod("db").container("app").build(),
                            Pods.pod("sys")
                                    .container("app")
                                    .label("tier", "system")
                                    .build())
                    .writes(app, 900)
                    .writes(system, 900)
                    .pass(Duration.ofMinutes(10));
            assertThat(node.limitOf(app).get(LimitKey.WIOPS)).isEqualTo(Rate.perSecond(720));
            assertThat(node.limitOf(system)).isEqualTo(IoLimit.UNLIMITED);
        }
    }
}
