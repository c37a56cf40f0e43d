/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.smart;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.config.GuardConfig;
import io.diskguard.model.CgroupPath;
import io.diskguard.model.Container;
import io.diskguard.model.ContainerId;
import io.diskguard.model.ContainerKey;
import io.diskguard.model.ContainerKind;
import io.diskguard.model.DeviceId;
import io.diskguard.model.Disk;
import io.diskguard.model.DiskUse;
import io.diskguard.model.IoCounters;
import io.diskguard.model.IoLimit;
import io.diskguard.model.LimitKey;
import io.diskguard.model.MountRef;
import io.diskguard.model.Pod;
import io.diskguard.model.QosClass;
import io.diskguard.model.Rate;
import io.diskguard.policy.PolicyChain;
import io.diskguard.policy.smart.Ineffective;
import io.diskguard.policy.smart.Moment;
import io.diskguard.policy.smart.Round;
import io.diskguard.policy.smart.Round.Sampled;
import io.diskguard.policy.smart.Watched;
import io.diskguard.spi.LimitEscapes.Asked;
import io.diskguard.spi.LimitEscapes.Cause;
import io.diskguard.spi.LimitEscapes.Escape;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EffectivenessTest {
    private static final Disk SDA = new Disk(new DeviceId(8, 0), "sda");
    private static final Disk SDB = new Disk(new DeviceId(8, 16), "sdb");
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Set<LimitKey> WRITES = Set.of(LimitKey.WIOPS, LimitKey.WBPS);

    private final List<Asked> asked = new ArrayList<>();
    private final Map<DeviceId, IoLimit> kernel = new HashMap<>();
    private List<Escape> seen = List.of();
    private final PolicyChain policies =
            PolicyChain.of(GuardConfig.builder().stateDir(Path.of("state")).build(), List.of());
    private final Effectiveness effectiveness = new Effectiveness(
            question -> {
                asked.add(question);
                return seen;
            },
            policies);

    private long seconds;
    private long written;
    private String id = "c1";

    @Test
    void whatIsMeasuredAboveALimitTwiceIsFoundAndNoReasonIsInvented() {
        kernel.put(SDA.id(), writes(500));
        round(60, 0);

        assertThat(round(60, 60 * 900)).isEmpty();
        var found = round(60, 60 * 900);

        assertThat(found).singleElement().satisfies(finding -> {
            assertThat(finding.cause()).isEqualTo(Cause.NOT_HELD);
            assertThat(finding.detail())
                    .isEqualTo("observed wiops 900/s, the kernel has 500/s; the reason is not known");
            assertThat(finding.observed().orElseThrow().wiops()).isEqualTo(900);
            assertThat(finding.limit()).isEqualTo(writes(500));
            assertThat(finding.disk()).contains(SDA);
        });
        assertThat(effectiveness.current()).isEqualTo(found);
    }

    @Test
    void aBurstOrWhatIsWithinTheKernelsAccuracyIsNoFinding() {
        kernel.put(SDA.id(), writes(500));
        round(60, 0);

        assertThat(round(60, 60 * 900)).isEmpty();
        assertThat(round(60, 60 * 500)).isEmpty();
        assertThat(round(60, 60 * 900)).isEmpty();
        assertThat(round(60, 60 * 515)).isEmpty();
        assertThat(round(60, 60 * 515)).isEmpty();
        assertThat(effectiveness.current()).isEmpty();
    }

    @Test
    void aLimitThatChangedMeanwhileIsJudgedFromThenOn() {
        kernel.put(SDA.id(), writes(1000));
        round(60, 0);
        round(60, 60 * 900);
        kernel.put(SDA.id(), writes(500));

        assertThat(round(60, 60 * 900)).isEmpty();
        assertThat(round(60, 60 * 900)).isEmpty();
        assertThat(round(60, 60 * 900)).hasSize(1);
    }

    @Test
    void aContainerThatStartedAnewIsMeasuredFromThen() {
        kernel.put(SDA.id(), writes(500));
        round(60, 0);
        round(60, 60 * 900);
        id = "c2";
        written = 0;

        assertThat(round(60, 60 * 900)).isEmpty();
        assertThat(round(60, 60 * 900)).isEmpty();
        assertThat(round(60, 60 * 900)).hasSize(1);
    }

    @Test
    void roundsInQuickSuccessionAreTakenTogether() {
        kernel.put(SDA.id(), writes(500));
        round(60, 0);

        // a burst of 1 s, then nothing
        assertThat(round(1, 900)).isEmpty();
        assertThat(round(1, 900)).isEmpty();
        assertThat(round(1, 900)).isEmpty();
        assertThat(round(10, 0)).isEmpty();
        assertThat(effectiveness.current()).isEmpty();
    }

    @Test
    void aFindingIsToldAgainOnlyAfterItWasGoneForTenMinutes() {
        kernel.put(SDA.id(), writes(500));
        seen = List.of(buffered(SDA));
        assertThat(round(60, 0)).hasSize(1);
        assertThat(round(60, 0)).isEmpty();

        seen = List.of();
        round(60, 0);
        assertThat(effectiveness.current()).isEmpty();
        seen = List.of(buffered(SDA));
        assertThat(round(60, 0)).isEmpty();
        assertThat(effectiveness.current()).hasSize(1);

        seen = List.of();
        round(60, 0);
        seen = List.of(buffered(SDA));
        assertThat(round(600, 0)).hasSize(1);
    }

    @Test
    void onlyALimitOfTheNumbersThatAreConcernedIsIneffective() {
        kernel.put(SDA.id(), IoLimit.UNLIMITED.with(LimitKey.RBPS, Rate.perSecond(1 << 20)));
        seen = List.of(buffered(SDA));

        assertThat(round(60, 0)).isEmpty();
        assertThat(asked).hasSize(1);
    }

    @Test
    void whoHasAndIsToHaveNoLimitIsNotLookedInto() {
        seen = List.of(buffered(SDA));
        var pod = pod(Map.of("iops-limit/removed", "true"), List.of());

        assertThat(effectiveness.judge(round(List.of()), List.of(watched(pod)), this::inKernel))
                .isEmpty();
        assertThat(asked).isEmpty();
    }

    @Test
    void aLimitThatTheKernelHasNoFileForIsIneffectiveThoughItIsNowhere() {
        var pod = pod(Map.of("iops-limit/write-iops", "500", "iops-limit/read-iops", "0"), List.of());
        seen = List.of(new Escape(Cause.NO_THROTTLING, Optional.of(SDA), Set.of(LimitKey.values()), "no io.max"));

        var found = effectiveness.judge(round(List.of()), List.of(watched(pod)), this::inKernel);

        assertThat(found).singleElement().satisfies(finding -> {
            assertThat(finding.cause()).isEqualTo(Cause.NO_THROTTLING);
            assertThat(finding.limit()).isEqualTo(writes(500));
        });
        kernel.put(SDA.id(), writes(500));
        effectiveness.judge(round(List.of()), List.of(watched(pod)), this::inKernel);
        assertThat(effectiveness.current()).isEmpty();
    }

    @Test
    void aRuleForAVolumeThatIsOnNoDiskIsIneffective() {
        var pod = pod(
                Map.of("iops-limit/policy", "[{\"volume\": \"shared\", \"writeIops\": 100}]"),
                List.of(new MountRef("shared", "/shared", false), new MountRef("other", "/other", false)));
        seen = List.of(new Escape(
                Cause.NETWORK_FILE_SYSTEM, Optional.empty(), Set.of(LimitKey.values()), "volume shared: nfs4"));

        var found = effectiveness.judge(round(List.of()), List.of(watched(pod)), this::inKernel);

        assertThat(asked).singleElement().satisfies(question -> assertThat(question.volumes())
                .containsExactly("shared"));
        assertThat(found).singleElement().satisfies(finding -> {
            assertThat(finding.cause()).isEqualTo(Cause.NETWORK_FILE_SYSTEM);
            assertThat(finding.disk()).isEmpty();
            assertThat(finding.words()).isEqualTo("container app: volume shared: nfs4");
        });
    }

    @Test
    void everyContainerIsLookedIntoInTurnAndNoRoundTakesLong() {
        kernel.put(SDA.id(), writes(500));
        var watched = IntStream.range(0, 100)
                .mapToObj(number -> watched(new Pod(
                        "u-" + number, "shop", "db-" + number, QosClass.GUARANTEED, Map.of(), Map.of(), List.of())))
                .toList();

        for (var i = 0; i < 4; i++) {
            effectiveness.judge(round(List.of()), watched, this::inKernel);
            assertThat(asked).hasSizeLessThanOrEqualTo((i + 1) * Effectiveness.MOST_ASKED);
        }

        assertThat(asked.stream().map(question -> question.pod().uid()).distinct())
                .hasSize(100);
    }

    @Test
    void aPortThatFailsCostsNothingButItsFindings() {
        kernel.put(SDA.id(), writes(500));
        var broken = new Effectiveness(
                question -> {
                    throw new IllegalStateException("broken for the test");
                },
                policies);

        assertThat(broken.judge(round(List.of()), List.of(watched(pod(Map.of(), List.of()))), this::inKernel))
                .isEmpty();
    }

    @Test
    void whoIsWatchedNoMoreIsForgotten() {
        kernel.put(SDA.id(), writes(500));
        seen = List.of(buffered(SDA));
        round(60, 0);

        effectiveness.judge(round(List.of()), List.of(), this::inKernel);

        assertThat(effectiveness.current()).isEmpty();
    }

    private static IoLimit writes(long wiops) {
        return IoLimit.UNLIMITED.with(LimitKey.WIOPS, Rate.perSecond(wiops));
    }

    private static Escape buffered(Disk disk) {
        return new Escape(Cause.BUFFERED_WRITES, Optional.of(disk), WRITES, "2048 KiB");
    }

    private static Pod pod(Map<String, String> annotations, List<MountRef> mounts) {
        var container = new Container(
                "app", "app:1", ContainerKind.MAIN, Optional.of(new ContainerId("containerd", "c1")), mounts);
        return new Pod("u-1", "shop", "db", QosClass.GUARANTEED, Map.of(), annotations, List.of(container));
    }

    private static Watched watched(Pod pod) {
        var container = pod.containers().isEmpty()
                ? new Container("app", "app:1", ContainerKind.MAIN, Optional.empty())
                : pod.containers().get(0);
        return new Watched(
                pod,
                container,
                new CgroupPath("/kubepods/pod" + pod.uid() + "/c1"),
                List.of(DiskUse.guarded(SDA), DiskUse.guarded(SDB)));
    }

    private IoLimit inKernel(ContainerKey container, DeviceId disk) {
        return kernel.getOrDefault(disk, IoLimit.UNLIMITED);
    }

    private Round round(List<Sampled> samples) {
        return new Round(
                new Moment(TimeUnit.SECONDS.toNanos(seconds), NOW.plusSeconds(seconds)), samples, Set.of(), Map.of());
    }

    /** A round that much later, in which the container had written so much more. */
    private List<Ineffective> round(long later, long writes) {
        seconds += later;
        written += writes;
        var pod = pod(Map.of(), List.of());
        var sample = new Sampled(
                watched(pod).key(),
                id,
                "cgroup",
                TimeUnit.SECONDS.toNanos(seconds),
                Map.of(SDA, new IoCounters(0, written * 4096, 0, written)),
                Optional.empty());
        return effectiveness.judge(round(List.of(sample)), List.of(watched(pod)), this::inKernel);
    }
}
