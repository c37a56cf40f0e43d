/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.smart;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.spi.Errno;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Smart limit is switched off and on, and between shadow and enforcing, as the node runs. */
class SwitchTest {
    private static final String ENABLED = "smart_limit_enabled";
    private static final String MODE = "smart_limit_mode";
    private static final String GATE = "smart_limit_only_under_pressure";
    private static final String LIMIT = "wiops=720";

    private static LiveNode limited() {
        var node = new LiveNode(Map.of()).writes(900).minutes(10);
        assertThat(node.kernel()).isEqualTo(LIMIT);
        return node.fresh();
    }

    @Test
    void switchedOffItsLimitsGoAndThePodSaysWhy() {
        try (var node = limited()) {
            node.set(ENABLED, "false").seconds(1);
            assertThat(node.kernel()).isEmpty();
            assertThat(node.told()).containsExactly("RELEASE enforce legacy wiops=720", "took RELEASE");
            assertThat(node.annotations())
                    .containsOnlyKeys("iops-limit/limit-removed", "iops-limit/removed-at", "iops-limit/removed-reason")
                    .containsEntry("iops-limit/removed-reason", "smart limit was switched off");
            assertThat(node.patches()).hasSize(1);
            node.minutes(30);
            assertThat(node.told()).hasSize(2);
            assertThat(node.patches()).hasSize(1);
        }
    }

    @Test
    void switchedOnAgainItKnowsWhatItSawAndTakesNobodyForARelapse() {
        try (var node = limited()) {
            node.set(ENABLED, "false").minutes(2);
            node.fresh().set(ENABLED, "true").minutes(2);
            // 0.8 of what it did in ten minutes, with the limit and without
            assertThat(node.told()).containsExactly("APPLY enforce legacy wiops=648", "took APPLY");
            assertThat(node.newest().removeDelay()).isEqualTo(Duration.ofMinutes(5));
            assertThat(node.annotations()).containsEntry("iops-limit/smart-limit", "true");
        }
    }

    @Test
    void whoWasReleasedByItsLoadBeforeIsStillKnownToRelapse() {
        try (var node = limited()) {
            node.writes(10).minutes(18);
            assertThat(node.told()).contains("took RELEASE");
            node.set(ENABLED, "false").minutes(1);
            node.set(ENABLED, "true").writes(900).minutes(10);
            assertThat(node.newest().removeDelay()).isEqualTo(Duration.ofMinutes(10));
        }
    }

    @Test
    void offAndOnBeforeAnythingWasDoneTheLimitStays() {
        try (var node = limited()) {
            var said = node.annotations();
            node.set(ENABLED, "false").set(ENABLED, "true").seconds(1);
            assertThat(node.kernel()).isEqualTo(LIMIT);
            assertThat(node.told())
                    .containsExactly("RELEASE enforce legacy wiops=720", "RESTORE enforce legacy wiops=720");
            node.minutes(5);
            assertThat(node.told()).hasSize(2);
            assertThat(node.annotations()).isEqualTo(said);
            assertThat(node.patches()).isEmpty();
        }
    }

    @Test
    void aReleaseIsSaidOnceTheKernelTookIt() {
        for (var change : List.of(Map.of(ENABLED, "false"), Map.of(MODE, "shadow"))) {
            try (var node = limited()) {
                node.node().node().cgroups().refuseWrites(Errno.OTHER);
                node.set(change).seconds(5);
                assertThat(node.kernel()).isEqualTo(LIMIT);
                assertThat(node.told())
                        .startsWith("RELEASE enforce legacy wiops=720")
                        .doesNotContain("took RELEASE");
                assertThat(node.annotations()).containsEntry("iops-limit/smart-limit", "true");

                node.node().node().cgroups().refuseNothing();
                node.seconds(20);
                assertThat(node.kernel()).isEmpty();
                assertThat(node.told()).contains("took RELEASE");
                assertThat(node.annotations()).containsKey("iops-limit/removed-reason");
            }
        }
    }

    @Test
    void aLimitThatTheKernelStillHasGoesOnWhenItIsSwitchedOn() {
        try (var node = limited()) {
            node.node().node().cgroups().refuseWrites(Errno.OTHER);
            node.set(ENABLED, "false").seconds(5);
            node.node().node().cgroups().refuseNothing();
            node.fresh().set(ENABLED, "true").minutes(3);
            assertThat(node.kernel()).isEqualTo(LIMIT);
            assertThat(node.told()).containsExactly("RESTORE enforce legacy wiops=720");
            assertThat(node.annotations()).containsEntry("iops-limit/smart-limit", "true");
        }
    }

    @Test
    void theGateThatIsOpenedAndClosedAgainKnowsTheDisksAsTheyWere() {
        try (var node = new LiveNode(Map.of(GATE, "true"))) {
            node.contended(0, 2).writes(100).minutes(40);
            node.set(GATE, "false").minutes(1);
            node.set(Map.of(GATE, "true", "smart_limit_monitor_interval", "30")).minutes(1);
            node.contended(0, 8).writes(900).minutes(10);
            assertThat(node.told()).hasSize(2).contains("took APPLY");
        }
    }

    @Test
    void howLongADiskWasCalmWhileTheGateWasOpenNobodyKnows() {
        try (var node = new LiveNode(Map.of(GATE, "true"))) {
            node.contended(0, 2).writes(100).minutes(40);
            node.set(GATE, "false").writes(900).minutes(10);
            assertThat(node.kernel()).isNotEmpty();
            node.fresh().set(GATE, "true").minutes(4);
            assertThat(node.told()).isEmpty();
            node.minutes(4);
            assertThat(node.told()).contains("took RELEASE");
        }
    }

    @Test
    void anAgentThatStartsSwitchedOffTakesUpLimitsOnceItIsSwitchedOn() {
        try (var node = new LiveNode(Map.of(ENABLED, "false"))) {
            node.pod(Map.of("kubediskguard.io/smart-limit", "true", "kubediskguard.io/write-iops-limit", "300"))
                    .minutes(3);
            assertThat(node.kernel()).isEmpty();
            node.set(ENABLED, "true").seconds(1);
            assertThat(node.kernel()).isEqualTo("wiops=300");
            assertThat(node.told()).containsExactly("RESTORE enforce legacy wiops=300");
        }
    }

    @Test
    void inShadowTheLimitsGoAndNothingIsWrittenAfterThat() {
        try (var node = limited()) {
            node.set(MODE, "shadow").seconds(1);
            assertThat(node.kernel()).isEmpty();
            assertThat(node.annotations()).containsEntry("iops-limit/removed-reason", "smart limit only reports now");
            node.minutes(2);
            assertThat(node.told())
                    .containsExactly(
                            "RELEASE enforce legacy wiops=720", "took RELEASE", "APPLY shadow legacy wiops=648");
            assertThat(node.kernel()).isEmpty();
            assertThat(node.patches()).hasSize(1);
        }
    }

    @Test
    void whatAnotherSaysOfAPodInShadowStays() {
        try (var node = new LiveNode(Map.of(MODE, "shadow"))) {
            var others = Map.of("iops-limit/smart-limit", "true", "iops-limit/write-iops-limit", "300");
            node.pod(others).set("smart_limit_min_iops", "60").minutes(3);
            assertThat(node.annotations()).isEqualTo(others);
            assertThat(node.patches()).isEmpty();
        }
    }

    @Test
    void fromShadowToForceTheNextRoundLimitsByWhatWasSeen() {
        try (var node = new LiveNode(Map.of(MODE, "shadow")).writes(900).minutes(10)) {
            assertThat(node.told()).containsExactly("APPLY shadow legacy wiops=720");
            node.fresh().set(MODE, "enforce").minutes(1);
            assertThat(node.told())
                    .containsExactly("RELEASE shadow legacy wiops=720", "APPLY enforce legacy wiops=720", "took APPLY");
            assertThat(node.kernel()).isEqualTo(LIMIT);
            assertThat(node.newest().removeDelay()).isEqualTo(Duration.ofMinutes(5));
            assertThat(node.annotations()).containsEntry("iops-limit/smart-limit", "true");
        }
    }

    @Test
    void fromShadowToOffTheThoughtOnesAreForgotten() {
        try (var node = new LiveNode(Map.of(MODE, "shadow")).writes(900).minutes(10)) {
            node.fresh().set(ENABLED, "false").minutes(10);
            assertThat(node.told()).containsExactly("RELEASE shadow legacy wiops=720");
            assertThat(node.patches()).isEmpty();
        }
    }

    @Test
    void offAndThenInShadowWhatWasSaidIsTakenBack() {
        try (var node = limited()) {
            node.set(ENABLED, "false")
                    .set(Map.of(ENABLED, "true", MODE, "shadow"))
                    .seconds(1);
            assertThat(node.kernel()).isEmpty();
            assertThat(node.annotations()).doesNotContainKey("iops-limit/smart-limit");
        }
    }

    @Test
    void aPodThatGoesMeanwhileLeavesNothingBehind() {
        try (var node = limited()) {
            node.set(ENABLED, "false");
            node.node().node().removePod(LiveNode.POD);
            node.minutes(5);
            node.set(ENABLED, "true").minutes(5);
            assertThat(node.told()).containsExactly("RELEASE enforce legacy wiops=720");
        }
    }

    @Test
    void anotherConfigurationOfEverythingElseLeavesALimitAsItIs() {
        try (var node = limited()) {
            node.set(Map.of(
                    "smart_limit_windows", "[{\"window\": \"20m\", \"io_threshold\": 0.9}]",
                    "smart_limit_monitor_interval", "30",
                    "smart_limit_min_iops", "100",
                    "container_bps_limit", "0",
                    "data_total_iops", "2000"));
            node.minutes(30);
            assertThat(node.kernel()).isEqualTo(LIMIT);
            assertThat(node.told()).isEmpty();
            node.writes(10).minutes(30);
            assertThat(node.told()).containsExactly("RELEASE enforce legacy wiops=720", "took RELEASE");
        }
    }

    @Test
    void aChangeOfEverythingElseRestartsNoTimer() {
        try (var node = new LiveNode(Map.of()).minutes(2).seconds(30).fresh()) {
            for (var i = 0; i < 10; i++) {
                node.set("smart_limit_min_iops", String.valueOf(60 + i)).seconds(30);
            }
            assertThat(node.rounds()).isEqualTo(5);
        }
    }

    @Test
    void aLongerIntervalCountsFromTheLastRound() {
        try (var node = new LiveNode(Map.of()).minutes(2).seconds(30).fresh()) {
            node.set("smart_limit_monitor_interval", "300").minutes(4);
            assertThat(node.rounds()).isZero();
            node.seconds(31);
            assertThat(node.rounds()).isEqualTo(1);
        }
    }

    @Test
    void aShorterIntervalThatIsOverIsDueAtOnce() {
        try (var node = new LiveNode(Map.of("smart_limit_monitor_interval", "300"))
                .minutes(2)
                .fresh()) {
            node.set("smart_limit_monitor_interval", "60").seconds(61);
            assertThat(node.rounds()).isEqualTo(2);
        }
    }
}
