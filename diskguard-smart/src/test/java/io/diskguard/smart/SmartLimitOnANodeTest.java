/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.smart;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.config.DiskCapacity;
import io.diskguard.config.DiskSettings;
import io.diskguard.config.GuardConfig;
import io.diskguard.config.SmartRelease;
import io.diskguard.config.SmartSettings;
import io.diskguard.config.SmartWindow;
import io.diskguard.config.Threshold;
import io.diskguard.model.Container;
import io.diskguard.model.ContainerId;
import io.diskguard.model.ContainerKind;
import io.diskguard.model.IoLimit;
import io.diskguard.model.LimitKey;
import io.diskguard.model.Pod;
import io.diskguard.model.QosClass;
import io.diskguard.model.Rate;
import io.diskguard.policy.smart.Recorded;
import io.diskguard.policy.smart.SmartDecision.Kind;
import io.diskguard.reconcile.DiskGuardListener;
import io.diskguard.testkit.GuardedNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class SmartLimitOnANodeTest {
    private static final ContainerId NOISY = id('a');
    private static final ContainerId QUIET = id('b');
    private static final Duration MINUTES_10 = Duration.ofMinutes(10);

    private final List<String> told = new ArrayList<>();
    private final DiskGuardListener listener = new DiskGuardListener() {
        @Override
        public void smartDecided(Recorded each) {
            told.add("decided " + each.decision().kind());
        }

        @Override
        public void smartTook(Recorded each) {
            told.add("took " + each.decision().kind());
        }
    };

    private static ContainerId id(char of) {
        return new ContainerId("containerd", String.valueOf(of).repeat(64));
    }

    private static GuardConfig config(SmartSettings.Mode mode) {
        var half = new Threshold.Fraction(0.5);
        var much = new Threshold.Fraction(0.8);
        var window = new SmartWindow("legacy", MINUTES_10, much, much, OptionalLong.empty(), OptionalLong.empty());
        return GuardConfig.builder()
                .defaultLimit(IoLimit.UNLIMITED)
                .disks(new DiskSettings(
                        List.of("/data"),
                        List.of(),
                        new DiskCapacity(OptionalLong.of(1000), OptionalLong.empty()),
                        Map.of()))
                .smart(new SmartSettings(
                        true,
                        mode,
                        Duration.ofMinutes(1),
                        List.of(window),
                        SmartSettings.Reference.DISK,
                        50,
                        1 << 20,
                        new SmartRelease(half, half, Duration.ofMinutes(5), Duration.ofMinutes(1)),
                        false,
                        Optional.empty()))
                .build();
    }

    private GuardedNode node(SmartSettings.Mode mode) {
        return GuardedNode.with(
                config(mode), builder -> builder.smart(SmartKeeper::of).listener(listener));
    }

    private static Pod pod(Map<String, String> annotations) {
        return new Pod(
                "uid-1",
                "shop",
                "web",
                QosClass.BURSTABLE,
                Map.of(),
                annotations,
                List.of(container("noisy", NOISY), container("quiet", QUIET)));
    }

    private static Container container(String name, ContainerId id) {
        return new Container(name, "image", ContainerKind.MAIN, Optional.of(id));
    }

    private static Map<String, String> annotations(GuardedNode node) {
        return node.node().state().read("uid-1");
    }

    @Test
    void onlyTheNoisyContainerIsLimitedAndItsPodSaysSo() {
        try (var node = node(SmartSettings.Mode.ENFORCE)) {
            node.run(pod(Map.of())).writes(NOISY, 900).writes(QUIET, 100).pass(MINUTES_10);
            assertThat(node.limitOf(NOISY).get(LimitKey.WIOPS)).isEqualTo(Rate.perSecond(720));
            assertThat(node.limitOf(QUIET)).isEqualTo(IoLimit.UNLIMITED);
            assertThat(annotations(node))
                    .containsEntry("iops-limit/smart-limit", "true")
                    .containsEntry("iops-limit/triggered-by", "legacy")
                    .containsEntry("iops-limit/write-iops-limit", "720");
            assertThat(told).containsExactly("decided APPLY", "took APPLY");
            assertThat(node.originOf(pod(Map.of()), NOISY, LimitKey.WIOPS)).isEqualTo("smart legacy");
        }
    }

    @Test
    void theReleaseIsRecordedOnceTheLoadIsOver() {
        try (var node = node(SmartSettings.Mode.ENFORCE)) {
            node.run(pod(Map.of())).writes(NOISY, 900).pass(MINUTES_10);
            node.writes(NOISY, 10).pass(Duration.ofMinutes(18));
            assertThat(node.limitOf(NOISY)).isEqualTo(IoLimit.UNLIMITED);
            assertThat(annotations(node))
                    .containsOnlyKeys("iops-limit/limit-removed", "iops-limit/removed-at", "iops-limit/removed-reason");
            assertThat(told).endsWith("decided RELEASE", "took RELEASE");
        }
    }

    @Test
    void inShadowNothingIsWritten() {
        try (var node = node(SmartSettings.Mode.SHADOW)) {
            node.run(pod(Map.of())).writes(NOISY, 900).pass(MINUTES_10);
            assertThat(node.limitOf(NOISY)).isEqualTo(IoLimit.UNLIMITED);
            assertThat(annotations(node)).isEmpty();
            assertThat(told).containsExactly("decided APPLY");
            assertThat(node.guard().decisions())
                    .singleElement()
                    .satisfies(each -> assertThat(each.decision().kind()).isEqualTo(Kind.APPLY));
        }
    }

    @Test
    void inShadowWhatAnotherAgentSaysOfAPodStays() {
        try (var node = node(SmartSettings.Mode.SHADOW)) {
            var others = Map.of("kubediskguard.io/smart-limit", "true", "kubediskguard.io/write-iops-limit", "300");
            node.run(pod(others)).writes(NOISY, 900).pass(MINUTES_10);
            node.writes(NOISY, 10).pass(Duration.ofMinutes(18));
            assertThat(told).containsExactly("decided APPLY", "decided RELEASE");
            assertThat(annotations(node)).isEqualTo(others);
        }
    }

    @Test
    void aContainerThatStartsAnewIsLimitedAtOnce() {
        try (var node = node(SmartSettings.Mode.ENFORCE)) {
            node.run(pod(Map.of())).writes(NOISY, 900).pass(MINUTES_10);
            var again = id('c');
            node.run(new Pod(
                    "uid-1",
                    "shop",
                    "web",
                    QosClass.BURSTABLE,
                    Map.of(),
                    annotations(node),
                    List.of(container("noisy", again), container("quiet", QUIET))));
            node.pass(Duration.ofSeconds(1));
            assertThat(node.limitOf(again).get(LimitKey.WIOPS)).isEqualTo(Rate.perSecond(720));
        }
    }

    @Test
    void whoOptsOutIsReleased() {
        try (var node = node(SmartSettings.Mode.ENFORCE)) {
            node.run(pod(Map.of())).writes(NOISY, 900).pass(MINUTES_10);
            var all = new java.util.HashMap<>(annotations(node));
            all.put("iops-limit/removed", "true");
            node.run(pod(all)).pass(Duration.ofMinutes(30));
            assertThat(node.limitOf(NOISY)).isEqualTo(IoLimit.UNLIMITED);
            assertThat(annotations(node)).containsKey("iops-limit/limit-removed");
            assertThat(told).endsWith("took RELEASE");
        }
    }

    @Test
    void whatAPodSaysIsTakenUpAgainByAnAgentThatStarts() {
        Map<String, String> said;
        try (var before = node(SmartSettings.Mode.ENFORCE)) {
            before.run(pod(Map.of())).writes(NOISY, 900).pass(MINUTES_10);
            said = annotations(before);
        }
        told.clear();
        try (var node = node(SmartSettings.Mode.ENFORCE)) {
            node.node().clock().advance(Duration.ofHours(1));
            node.run(pod(said)).writes(NOISY, 900).pass(Duration.ofSeconds(1));
            assertThat(node.limitOf(NOISY).get(LimitKey.WIOPS)).isEqualTo(Rate.perSecond(720));
            assertThat(node.limitOf(QUIET)).isEqualTo(IoLimit.UNLIMITED);
            assertThat(told).containsExactly("decided RESTORE");
            node.pass(Duration.ofMinutes(4));
            assertThat(annotations(node)).as("not rewritten").isEqualTo(said);
        }
    }

    /** What it did before is in its windows still. */
    @Test
    void whoOptsOutIsNotLimitedAgainByWhatItDidBefore() {
        try (var node = node(SmartSettings.Mode.ENFORCE)) {
            node.run(pod(Map.of())).writes(NOISY, 900).pass(MINUTES_10);
            told.clear();
            node.run(pod(Map.of("iops-limit/removed", "true"))).pass(MINUTES_10);
            assertThat(told).containsExactly("decided RELEASE", "took RELEASE");
            assertThat(node.limitOf(NOISY)).isEqualTo(IoLimit.UNLIMITED);
        }
    }

    @Test
    void switchedOffItTakesBackWhatItSaidAndNothingOfOthers() {
        Map<String, String> said;
        try (var before = node(SmartSettings.Mode.ENFORCE)) {
            before.run(pod(Map.of())).writes(NOISY, 900).pass(MINUTES_10);
            said = annotations(before);
        }
        var others = Map.of("iops-limit/triggered-by", "15m", "iops-limit/read-iops", "300");
        assertThat(leftBy(true, SmartSettings.Mode.SHADOW, said)).isEqualTo(said);
        assertThat(leftBy(false, SmartSettings.Mode.ENFORCE, said)).containsKey("iops-limit/limit-removed");
        assertThat(leftBy(false, SmartSettings.Mode.ENFORCE, others)).isEqualTo(others);
    }

    private Map<String, String> leftBy(boolean enabled, SmartSettings.Mode mode, Map<String, String> said) {
        var on = config(mode).smart();
        var settings = new SmartSettings(
                enabled,
                mode,
                on.monitorInterval(),
                on.windows(),
                on.reference(),
                on.leastIops(),
                on.leastBps(),
                on.release(),
                false,
                Optional.empty());
        var config = config(mode).toBuilder().smart(settings).build();
        try (var node = GuardedNode.with(config, builder -> builder.smart(SmartKeeper::of))) {
            node.run(pod(said)).pass(Duration.ofMinutes(1));
            assertThat(node.limitOf(NOISY).get(LimitKey.WIOPS).isUnlimited()).isTrue();
            return annotations(node);
        }
    }
}
