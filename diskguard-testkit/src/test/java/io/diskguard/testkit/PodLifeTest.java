/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.testkit;

import static io.diskguard.testkit.Pods.idOf;
import static io.diskguard.testkit.Pods.pod;
import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.config.GuardConfig;
import io.diskguard.model.Container;
import io.diskguard.model.ContainerId;
import io.diskguard.model.ContainerKind;
import io.diskguard.model.IoLimit;
import io.diskguard.model.LimitKey;
import io.diskguard.model.Rate;
import io.diskguard.reconcile.DiskGuardListener;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of limits while pods and their containers come, change, fail and go. */
class PodLifeTest {
    private static final Duration MOMENT = Duration.ofSeconds(1);
    private static final Duration RESYNC = Duration.ofSeconds(31);

    private final GuardedNode node = GuardedNode.with(
            GuardConfig.builder().defaultLimit(IoLimit.UNLIMITED).build(), DiskGuardListener.NOOP);

    @AfterEach
    void close() {
        node.close();
    }

    @Test
    void aContainerThatRestartsUnderUnchangedAnnotationsIsLimitedAgain() {
        var before = idOf("db", "app");
        node.run(limited("db").container("app").build()).pass(MOMENT);
        assertThat(node.limitOf(before)).isEqualTo(writes(200));

        var after = new ContainerId("containerd", "db-app-again");
        var again = new Container("app", "image:1", ContainerKind.MAIN, Optional.of(after));
        node.run(limited("db").container(again).build()).pass(MOMENT);

        assertThat(node.limitOf(after)).isEqualTo(writes(200));
    }

    @Test
    void aContainerThatNeverStartedHoldsUpNoneOfTheOthersOfItsPod() {
        node.run(limited("db").waitingContainer("stuck").container("app").build())
                .pass(MOMENT);
        assertThat(node.limitOf(idOf("db", "app"))).isEqualTo(writes(200));
    }

    @ParameterizedTest
    @EnumSource(ContainerKind.class)
    void everyKindOfContainerIsLimited(ContainerKind kind) {
        node.run(limited("db").container("one", kind).build()).pass(MOMENT);
        assertThat(node.limitOf(idOf("db", "one"))).isEqualTo(writes(200));
    }

    @Test
    void whileNobodyTellsWhichPodsThereAreNoLimitIsLifted() {
        node.run(limited("db").container("app").build()).pass(MOMENT);

        node.node().losePods("the API server refuses connections");
        node.pass(RESYNC);

        assertThat(node.limitOf(idOf("db", "app"))).isEqualTo(writes(200));
        node.node().findPods();
        node.pass(RESYNC);
        assertThat(node.limitOf(idOf("db", "app"))).isEqualTo(writes(200));
    }

    @Test
    void loweringOneNumberToNoneTakesItBackAndKeepsTheOthers() {
        node.run(limited("db")
                        .annotation("iops-limit/read-iops", "300")
                        .container("app")
                        .build())
                .pass(MOMENT);
        node.run(limited("db")
                        .annotation("iops-limit/read-iops", "0")
                        .container("app")
                        .build())
                .pass(MOMENT);
        assertThat(node.limitOf(idOf("db", "app"))).isEqualTo(writes(200));
    }

    private static Pods limited(String name) {
        return pod(name).annotation("iops-limit/write-iops", "200");
    }

    private static IoLimit writes(long value) {
        return IoLimit.UNLIMITED.with(LimitKey.WIOPS, Rate.perSecond(value));
    }
}
