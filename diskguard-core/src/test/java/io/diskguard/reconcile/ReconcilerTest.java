/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.reconcile;

import static io.diskguard.reconcile.Examples.CGROUP;
import static io.diskguard.reconcile.Examples.DISK;
import static io.diskguard.reconcile.Examples.OTHER_DISK;
import static io.diskguard.reconcile.Examples.both;
import static io.diskguard.reconcile.Examples.mark;
import static io.diskguard.reconcile.Examples.on;
import static io.diskguard.reconcile.Examples.writes;
import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.model.ContainerKey;
import io.diskguard.model.DeviceLimits;
import io.diskguard.model.Disk;
import io.diskguard.model.DiskUse;
import io.diskguard.model.IoLimit;
import io.diskguard.model.LimitKey;
import io.diskguard.model.Rate;
import io.diskguard.policy.PolicyChain;
import io.diskguard.policy.smart.SmartLimit;
import io.diskguard.policy.smart.SmartLimits;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ReconcilerTest {
    private static final Map<String, String> NONE = Map.of();
    private static final DiskUse GUARDED = DiskUse.guarded(new Disk(DISK, "sda"));
    private static final Map<String, String> FREE = Map.of("iops-limit/iops", "0");

    private final PolicyChain policies = PolicyChain.of(Examples.config(), List.of());

    private Plan plan(Map<String, String> annotations, DeviceLimits kernel, Mark mark) {
        return plan(annotations, kernel, mark, true);
    }

    private Plan plan(Map<String, String> annotations, DeviceLimits kernel, Mark mark, boolean allDisks) {
        return plan(annotations, kernel, mark, new Uses(List.of(GUARDED), allDisks, false));
    }

    private Plan plan(Map<String, String> annotations, DeviceLimits kernel, Mark mark, Uses uses) {
        var observation = new Observation(Examples.target(annotations), uses, kernel, mark);
        return Reconciler.plan(List.of(observation), Decider.of(policies));
    }

    private static Action only(Plan plan) {
        assertThat(plan.actions()).hasSize(1);
        return plan.actions().get(0);
    }

    @Test
    void aContainerWithoutALimitGetsOne() {
        assertThat(only(plan(NONE, DeviceLimits.NONE, Mark.NONE))).isInstanceOfSatisfying(Action.Apply.class, apply -> {
            assertThat(apply.decision().limit()).isEqualTo(both(500));
            assertThat(apply.cause()).isEqualTo(Action.Cause.NEW);
        });
    }

    /** As of a pod's only container that has just started again, under an id that nobody told yet. */
    @Test
    void aCgroupBeforeItIsKnownWhoseItIsHasWhatARuleSaysOfTheContainer() {
        var known = Examples.target(Map.of("iops-limit/policy", "[{container: app, iops: 70}]"));
        var target = new Target(known.pod(), Optional.empty(), CGROUP);
        var uses = new Uses(List.of(GUARDED), true, false);
        var plan = Reconciler.plan(
                List.of(new Observation(target, uses, DeviceLimits.NONE, Mark.NONE)), Decider.of(policies));
        assertThat(only(plan)).isInstanceOfSatisfying(Action.Apply.class, apply -> assertThat(
                        apply.decision().limit())
                .isEqualTo(both(70)));
    }

    @Test
    void aLimitThatIsThereAlreadyIsLeftAsItIs() {
        assertThat(plan(NONE, on(DISK, both(500)), mark(DISK, both(500))).isEmpty())
                .isTrue();
    }

    @Test
    void ourLimitFollowsTheAnnotation() {
        var plan = plan(Map.of("iops-limit/iops", "70"), on(DISK, both(500)), mark(DISK, both(500)));
        assertThat(only(plan)).isInstanceOfSatisfying(Action.Apply.class, apply -> {
            assertThat(apply.decision().limit()).isEqualTo(both(70));
            assertThat(apply.cause()).isEqualTo(Action.Cause.CHANGED);
        });
    }

    @Test
    void ourLimitOnAnotherDiskStaysWhileAConfiguredDiskIsNotFound() {
        var kernel = on(OTHER_DISK, both(500));
        var mark = mark(OTHER_DISK, both(500));
        assertThat(plan(NONE, kernel, mark, false).actions()).noneMatch(Action.Clear.class::isInstance);
        assertThat(plan(NONE, kernel, mark, true).actions()).anyMatch(Action.Clear.class::isInstance);
    }

    @Test
    void zeroLiftsOnlyItsDirection() {
        var plan = plan(Map.of("iops-limit/read-iops", "0"), on(DISK, both(500)), mark(DISK, both(500)));
        assertThat(only(plan)).isInstanceOfSatisfying(Action.Apply.class, apply -> assertThat(
                        apply.decision().limit())
                .isEqualTo(writes(500)));
    }

    @Test
    void aLimitChangedByAnotherHandIsRepairedAsDrift() {
        assertThat(only(plan(NONE, on(DISK, both(9)), mark(DISK, both(500)))))
                .isInstanceOfSatisfying(
                        Action.Apply.class, apply -> assertThat(apply.cause()).isEqualTo(Action.Cause.DRIFT));
        assertThat(only(plan(NONE, DeviceLimits.NONE, mark(DISK, both(500)))))
                .isInstanceOfSatisfying(
                        Action.Apply.class, apply -> assertThat(apply.cause()).isEqualTo(Action.Cause.DRIFT));
    }

    @Test
    void aLimitOfSomebodyElseIsLeftAlone() {
        assertThat(only(plan(NONE, on(DISK, both(9)), Mark.NONE))).isInstanceOf(Action.LeaveForeign.class);
        assertThat(plan(FREE, on(DISK, both(9)), Mark.NONE).isEmpty()).isTrue();
    }

    @Test
    void aLimitOfSomebodyElseOnAnotherDiskIsLeftAlone() {
        var kernel = on(DISK, both(500)).with(OTHER_DISK, both(7));
        assertThat(plan(NONE, kernel, mark(DISK, both(500))).isEmpty()).isTrue();
    }

    @Test
    void anEqualLimitOfSomebodyElseDoesNotBecomeOurs() {
        assertThat(plan(NONE, on(DISK, both(500)), Mark.NONE).isEmpty()).isTrue();
    }

    @Test
    void ourLimitIsTakenBackWhenNoneIsWanted() {
        assertThat(only(plan(FREE, on(DISK, both(500)), mark(DISK, both(500))))).isInstanceOf(Action.Clear.class);
    }

    @Test
    void ourLimitOnADiskThatIsNoLongerConfiguredIsTakenBack() {
        var kernel = on(DISK, both(500)).with(OTHER_DISK, both(500));
        var mark = mark(DISK, both(500))
                .with(OTHER_DISK, mark(OTHER_DISK, both(500)).get(OTHER_DISK).orElseThrow());
        assertThat(only(plan(NONE, kernel, mark)))
                .isInstanceOfSatisfying(
                        Action.Clear.class, clear -> assertThat(clear.device()).isEqualTo(OTHER_DISK));
    }

    @Test
    void whileItsVolumesAreNotKnownAContainerKeepsWhatItHas() {
        var tentative = new Uses(List.of(GUARDED), false, true);
        var kernel = on(DISK, both(70)).with(OTHER_DISK, both(60));
        var mark = mark(DISK, both(70))
                .with(OTHER_DISK, mark(OTHER_DISK, both(60)).get(OTHER_DISK).orElseThrow());
        assertThat(plan(NONE, kernel, mark, tentative).isEmpty()).isTrue();
        assertThat(only(plan(NONE, DeviceLimits.NONE, Mark.NONE, tentative))).isInstanceOf(Action.Apply.class);
    }

    @Test
    void whileItsVolumesAreNotKnownALimitThatWasLostIsPutBack() {
        var tentative = new Uses(List.of(GUARDED), false, true);
        assertThat(only(plan(NONE, DeviceLimits.NONE, mark(DISK, both(70)), tentative)))
                .isInstanceOfSatisfying(Action.Apply.class, apply -> {
                    assertThat(apply.decision().limit()).isEqualTo(both(70));
                    assertThat(apply.decision().origin(LimitKey.WIOPS)).isEqualTo("test");
                    assertThat(apply.cause()).isEqualTo(Action.Cause.DRIFT);
                });
    }

    @Test
    void whileItsVolumesAreNotKnownItsLoadStillBinds() {
        var target = Examples.target(NONE);
        var smart = new SmartLimit("15m", Instant.EPOCH, writes(60), Duration.ZERO, "15m[WriteIOPS:0.92>0.80]");
        var container = new ContainerKey(
                target.pod().uid(), target.container().orElseThrow().name());
        var limits = new SmartLimits(new TreeMap<>(Map.of(container, new TreeMap<>(Map.of(DISK, smart)))));
        var uses = new Uses(List.of(GUARDED), false, true);
        var decider = new Decider(PolicyChain.of(Examples.config(), List.of()), limits, true);
        var seen = new Observation(target, uses, on(DISK, both(70)), mark(DISK, both(70)));
        assertThat(only(Reconciler.plan(List.of(seen), decider))).isInstanceOfSatisfying(Action.Apply.class, apply -> {
            assertThat(apply.decision().limit()).isEqualTo(both(70).with(LimitKey.WIOPS, Rate.perSecond(60)));
            assertThat(apply.decision().smart()).contains(smart);
        });
    }

    @Test
    void whileItsVolumesAreNotKnownALowerCeilingStillBinds() {
        var config = Examples.config().toBuilder().ceiling(writes(60)).build();
        var bound = PolicyChain.of(config, List.of());
        var uses = new Uses(List.of(GUARDED), false, true);
        var kernel = on(DISK, both(70)).with(OTHER_DISK, both(80));
        var mark = mark(DISK, both(70))
                .with(OTHER_DISK, mark(OTHER_DISK, both(80)).get(OTHER_DISK).orElseThrow());
        var plan =
                Reconciler.plan(List.of(new Observation(Examples.target(NONE), uses, kernel, mark)), Decider.of(bound));
        assertThat(plan.actions()).hasSize(2).allSatisfy(action -> assertThat(
                        ((Action.Apply) action).decision().limit().wiops())
                .isEqualTo(Rate.perSecond(60)));
        assertThat(plan.actions()).extracting(Action::device).containsExactly(DISK, OTHER_DISK);
    }

    @Test
    void anExcludedContainerLosesWhatIsOursAndNothingElse() {
        var kernel = on(DISK, both(500)).with(OTHER_DISK, both(7));
        assertThat(only(plan(NONE, kernel, mark(DISK, both(500)), Uses.EXCLUDED)))
                .isInstanceOfSatisfying(
                        Action.Clear.class, clear -> assertThat(clear.device()).isEqualTo(DISK));
        assertThat(plan(NONE, kernel, Mark.NONE, Uses.EXCLUDED).isEmpty()).isTrue();
    }

    @Test
    void anUnclaimedCgroupLosesOnlyWhatIsOurs() {
        var kernel = on(DISK, both(500)).with(OTHER_DISK, both(7));
        var plan = Reconciler.planUnclaimed(CGROUP, kernel, mark(DISK, both(500)));
        assertThat(only(plan)).isInstanceOfSatisfying(Action.Clear.class, clear -> {
            assertThat(clear.device()).isEqualTo(DISK);
            assertThat(clear.before()).isEqualTo(both(500));
        });
    }

    @Test
    void aMarkThatWasNotRenewedBeforeACrashIsRenewed() {
        assertThat(only(plan(NONE, on(DISK, both(500)), mark(DISK, both(70))))).isInstanceOf(Action.Remark.class);
        assertThat(only(plan(FREE, DeviceLimits.NONE, mark(DISK, IoLimit.UNLIMITED))))
                .isInstanceOf(Action.Clear.class);
    }
}
