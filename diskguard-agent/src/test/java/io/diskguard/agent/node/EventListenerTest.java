/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.node;

import static io.diskguard.testkit.Pods.pod;
import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.config.GuardConfig;
import io.diskguard.config.SmartSettings;
import io.diskguard.model.ContainerKey;
import io.diskguard.model.DeviceId;
import io.diskguard.model.Disk;
import io.diskguard.model.IoLimit;
import io.diskguard.model.LimitKey;
import io.diskguard.model.PodRef;
import io.diskguard.model.Rate;
import io.diskguard.policy.smart.Ineffective;
import io.diskguard.policy.smart.Recorded;
import io.diskguard.policy.smart.SmartDecision;
import io.diskguard.policy.smart.SmartLimit;
import io.diskguard.reload.KeyChange;
import io.diskguard.reload.Reload;
import io.diskguard.reload.Reload.Result;
import io.diskguard.spi.CgroupDriver;
import io.diskguard.spi.ConfigSource;
import io.diskguard.spi.LimitEscapes;
import io.diskguard.testkit.GuardedNode;
import io.diskguard.testkit.Pods;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EventListenerTest {
    private final List<String> told = new ArrayList<>();
    private final GuardedNode node = GuardedNode.with(GuardConfig.defaults(), new EventListener(new Telling()));

    @AfterEach
    void close() {
        node.close();
    }

    @Test
    void whatIsAsItShouldBeIsNoEvent() {
        node.run(pod("db")
                        .container("app")
                        .annotation("iops-limit/write-iops", "200")
                        .build())
                .pass(Duration.ofMinutes(2));
        assertThat(told).isEmpty();
    }

    @Test
    void aPodsOwnerHearsOnceWhichAnnotationIsWrongAndWhatWasExpected() {
        node.run(pod("db")
                        .container("app")
                        .annotation("iops-limit/write-iops", "fast")
                        .build())
                .pass(Duration.ofMinutes(2));
        assertThat(told)
                .singleElement()
                .asString()
                .startsWith("default/db InvalidAnnotation annotation iops-limit/write-iops is \"fast\", expected ");
    }

    @Test
    void aLimitThatSomebodyChangedIsTold() {
        node.run(pod("db")
                        .container("app")
                        .annotation("iops-limit/write-iops", "200")
                        .build())
                .pass(Duration.ofSeconds(1));
        var cgroup = node.node().cgroupOf(Pods.idOf("db", "app")).orElseThrow();
        try (CgroupDriver other = node.node().driver()) {
            other.apply(cgroup, node.disk().id(), IoLimit.UNLIMITED);
        }

        node.pass(Duration.ofMinutes(1));

        assertThat(told)
                .singleElement()
                .asString()
                .startsWith("default/db LimitDrifted somebody had changed the limit of container app on 259:0");
    }

    @Test
    void aLimitThatDoesNotHoldEverythingIsTold() {
        new EventListener(new Telling())
                .limitIneffective(new Ineffective(
                        new PodRef("u", "shop", "db"),
                        "app",
                        Optional.of(node.disk()),
                        LimitEscapes.Cause.BUFFERED_WRITES,
                        "4096 KiB that it wrote are not on a disk yet",
                        Optional.empty(),
                        IoLimit.UNLIMITED));

        assertThat(told)
                .containsExactly("shop/db LimitIneffective the limit of container app on nvme0n1 (259:0):"
                        + " 4096 KiB that it wrote are not on a disk yet");
    }

    @Test
    void aPodsOwnerHearsWhichLimitsItsLoadHasBroughtAndWhenTheyGo() {
        var listener = new EventListener(new Telling());
        for (var kind : SmartDecision.Kind.values()) {
            listener.smartTook(took(kind));
        }
        assertThat(told)
                .hasSize(3)
                .satisfiesExactly(
                        applied -> assertThat(applied)
                                .startsWith(
                                        "shop/db SmartLimitApplied container app on nvme0n1 (259:0): limited to 400"),
                        updated -> assertThat(updated).startsWith("shop/db normal SmartLimitUpdated "),
                        removed -> assertThat(removed).startsWith("shop/db normal SmartLimitRemoved "));
    }

    /** What is decided is no event yet: in shadow nothing ever comes of it. */
    @Test
    void whatIsOnlyDecidedIsNoEvent() {
        new EventListener(new Telling()).smartDecided(took(SmartDecision.Kind.APPLY));
        assertThat(told).isEmpty();
    }

    @Test
    void whatBecomesOfAConfigurationIsToldOfTheNodeAndMaskedAsTheLogIs() {
        var listener = new EventListener(new Telling());
        var problem = new ConfigSource.Problem("check_interval", "0s", "config.yaml line 4", "a duration");
        var change = new KeyChange("container_write_iops_limit", "500", "200", "config.yaml line 1", true);
        var waiting = new KeyChange("kubelet_token_path", "", "***", "config.yaml line 2", false);

        listener.reloaded(reload(Result.APPLIED, List.of(change, waiting), List.of(), ""));
        listener.reloaded(reload(Result.UNCHANGED, List.of(), List.of(), ""));
        listener.reloaded(reload(Result.REJECTED, List.of(), List.of(problem), ""));
        listener.reloaded(reload(Result.ROLLED_BACK, List.of(change), List.of(), "no disk for mount /data2"));

        assertThat(told)
                .containsExactly(
                        "node normal ConfigReloaded container_write_iops_limit 500 -> 200 (config.yaml line 1);"
                                + " kubelet_token_path not set -> *** (config.yaml line 2) after a restart",
                        "node ConfigRejected the last good configuration goes on:"
                                + " check_interval is \"0s\" (config.yaml line 4): expected a duration",
                        "node ConfigRejected the last good configuration goes on: no disk for mount /data2");
    }

    private static Reload reload(
            Result result, List<KeyChange> changes, List<ConfigSource.Problem> problems, String reason) {
        return new Reload(
                7,
                Instant.EPOCH,
                List.of(),
                result,
                changes,
                problems,
                problems.size(),
                reason,
                List.of(),
                Duration.ZERO);
    }

    private static Recorded took(SmartDecision.Kind kind) {
        var rates = IoLimit.UNLIMITED.with(LimitKey.RIOPS, Rate.perSecond(400));
        var limit = Optional.of(new SmartLimit("15m", Instant.EPOCH, rates, Duration.ZERO, ""));
        return new Recorded(
                new PodRef("uid", "shop", "db"),
                new SmartDecision(
                        Instant.EPOCH,
                        kind,
                        new ContainerKey("uid", "app"),
                        new Disk(new DeviceId(259, 0), "nvme0n1"),
                        limit,
                        limit,
                        "15m[ReadIOPS:0.92>0.80]"),
                SmartSettings.Mode.ENFORCE);
    }

    private final class Telling implements EventListener.Events {
        @Override
        public void ofPod(PodRef pod, boolean warning, String reason, String message) {
            told.add(pod.fullName() + (warning ? " " : " normal ") + reason + " " + message);
        }

        @Override
        public void ofNode(boolean warning, String reason, String message) {
            told.add((warning ? "node " : "node normal ") + reason + " " + message);
        }
    }
}
