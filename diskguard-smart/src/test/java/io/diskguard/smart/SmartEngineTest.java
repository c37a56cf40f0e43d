/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.smart;

import static io.diskguard.smart.Timeline.CONTAINER;
import static io.diskguard.smart.Timeline.DISK;
import static io.diskguard.smart.Timeline.START;
import static io.diskguard.smart.Timeline.legacy;
import static io.diskguard.smart.Timeline.settings;
import static io.diskguard.smart.Timeline.window;
import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.config.DiskCapacity;
import io.diskguard.model.IoLimit;
import io.diskguard.model.IoRates;
import io.diskguard.model.LimitKey;
import io.diskguard.model.Rate;
import io.diskguard.policy.smart.SmartDecision;
import io.diskguard.policy.smart.SmartLimit;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SmartEngineTest {
    private static IoLimit writes(long iops) {
        return IoLimit.UNLIMITED.with(LimitKey.WIOPS, Rate.perSecond(iops));
    }

    @Test
    void aSustainedLoadIsLimitedToFourFifthsOfItOnceHalfTheWindowIsCovered() {
        var timeline = legacy().writes(900, 10);
        assertThat(timeline.story()).containsExactly("5 APPLY");
        assertThat(timeline.inForce()).isEqualTo(writes(720));
        assertThat(timeline.decisions().get(0).reason()).isEqualTo("legacy[WriteIOPS:0.90>0.80]");
    }

    @Test
    void aLoadAtTheThresholdDoesNotExceedIt() {
        assertThat(legacy().writes(800, 120).story()).isEmpty();
    }

    @Test
    void onlyTheNumbersThatExceededAreLimited() {
        var timeline = legacy().does(10, minute -> new IoRates(100, 900, 100, 900));
        assertThat(timeline.inForce()).isEqualTo(writes(720));
    }

    @Test
    void aLimitThatIsNotStricterThanWhatHoldsIsToldOnceAndNotSet() {
        var timeline = legacy().unruly().statics(writes(500)).writes(900, 60);
        assertThat(timeline.story()).containsExactly("5 NO_EFFECT");
        assertThat(timeline.limit()).isEmpty();
    }

    @Test
    void aNumberWithoutReferenceIsNotJudgedByFractions() {
        assertThat(legacy().capacity(DiskCapacity.UNKNOWN).writes(90_000, 60).story())
                .isEmpty();
    }

    @Test
    void noComputedLimitIsBelowTheFloor() {
        var timeline = new Timeline(settings(window("5m", 5, 2, 0))).writes(10, 10);
        assertThat(timeline.inForce()).isEqualTo(writes(50).with(LimitKey.WIOPS, Rate.perSecond(50)));
    }

    @Test
    void theShortestWindowThatIsExceededWins() {
        var timeline = new Timeline(settings(window("15m", 15, 0.9, 300), window("30m", 30, 0.5, 200)))
                .writes(600, 8)
                .writes(1000, 30);
        assertThat(timeline.story()).first().isEqualTo("15 APPLY");
        assertThat(timeline.limit().orElseThrow().window()).isEqualTo("30m");
    }

    @Test
    void aComputedLimitDoesNotChaseItsOwnEffect() {
        var timeline = legacy().writes(900, 600);
        assertThat(timeline.story()).containsExactly("5 APPLY");
        assertThat(timeline.inForce()).isEqualTo(writes(720));
    }

    @Test
    void aStricterLimitThatIsConfiguredForAnotherWindowReplacesTheOneInForce() {
        var timeline =
                new Timeline(settings(window("15m", 15, 0.9, 600), window("30m", 30, 0.55, 200))).writes(1000, 60);
        assertThat(timeline.inForce()).isEqualTo(writes(200));
        assertThat(timeline.decisions()).extracting(SmartDecision::kind).contains(SmartDecision.Kind.UPDATE);
    }

    @Test
    void aFurtherNumberThatExceedsIsLimitedToo() {
        var timeline = legacy().writes(900, 10).does(20, minute -> new IoRates(900, 900, 0, 0));
        assertThat(timeline.inForce()).isEqualTo(writes(720).with(LimitKey.RIOPS, Rate.perSecond(648)));
    }

    @Test
    void itIsReleasedWhenTheLoadIsLowInEveryWindowAndNothingWasPinned() {
        var timeline = legacy().writes(900, 10).writes(100, 30);
        assertThat(timeline.story()).containsExactly("5 APPLY", "20 RELEASE");
        assertThat(timeline.limit()).isEmpty();
    }

    @Test
    void aContainerThatIsHeldBackByItsLimitIsNotReleased() {
        var capacity = new DiskCapacity(java.util.OptionalLong.of(2000), java.util.OptionalLong.empty());
        var timeline = new Timeline(settings(window("legacy", 10, 0.8, 500)))
                .capacity(capacity)
                .writes(1900, 600);
        assertThat(timeline.story()).containsExactly("5 APPLY");
    }

    @Test
    void whoRelapsesSoonIsLimitedForTwiceAsLong() {
        var timeline = legacy().writes(900, 10).idle(20).writes(900, 10).idle(30);
        assertThat(timeline.decisions().get(2).after().orElseThrow().removeDelay())
                .isEqualTo(Duration.ofMinutes(10));
    }

    @Test
    void aRestoredLimitIsHeldUntilTheWindowIsCoveredAgain() {
        var limit = new SmartLimit("legacy", START.minusSeconds(7200), writes(300), Duration.ofMinutes(5), "");
        var timeline = legacy().restored(limit).idle(30);
        assertThat(timeline.story()).containsExactly("0 RESTORE", "5 RELEASE");
    }

    @Test
    void aContainerThatStartsAnewKeepsItsLimitAndItsHistory() {
        var timeline = legacy().writes(900, 3).restarts().writes(900, 1);
        assertThat(timeline.story()).isEmpty();
        assertThat(timeline.writes(900, 1).story()).containsExactly("5 APPLY");
        assertThat(timeline.restarts().writes(900, 20).story()).hasSize(1);
        assertThat(timeline.inForce()).isEqualTo(writes(720));
    }

    @Test
    void aContainerThatStartsAnewAllTheTimeIsSeenAllTheSame() {
        var timeline = legacy();
        for (var i = 0; i < 10; i++) {
            timeline.restarts().writes(900, 1);
        }
        assertThat(timeline.inForce()).isEqualTo(writes(720));
    }

    @Test
    void aStricterLimitThatIsConfiguredForTheWindowHoldsWhoeverChangedTheLimitLast() {
        var windows = settings(window("15m", 15, 0.9, 600), window("30m", 30, 0.5, 300));
        var timeline = new Timeline(windows).unruly().writes(1000, 20).does(60, minute -> new IoRates(700, 700, 0, 0));
        assertThat(timeline.inForce()).isEqualTo(writes(300).with(LimitKey.RIOPS, Rate.perSecond(300)));
    }

    @Test
    void noDifferenceIsTakenAcrossTwoSources() {
        var timeline = legacy();
        for (var i = 0; i < 60; i++) {
            timeline.countedBy("source-" + i).writes(900, 1);
        }
        assertThat(timeline.story()).isEmpty();
    }

    @Test
    void aContainerThatEndedIsReleasedToo() {
        var timeline = legacy().writes(900, 10).absent(60);
        assertThat(timeline.story()).containsExactly("5 APPLY", "20 RELEASE");
    }

    @Test
    void whatIsNotSeenIsNotTakenForQuiet() {
        var timeline = legacy().writes(900, 10).unseen(600).writes(0, 4);
        assertThat(timeline.story()).containsExactly("5 APPLY");
    }

    @Test
    void limitsAreTakenBackWhereSomebodySaysSo() {
        var timeline = legacy().writes(900, 10);
        var told = timeline.engine().release(CONTAINER::equals, "removed", timeline.now());
        assertThat(told).singleElement().satisfies(each -> assertThat(each.reason())
                .isEqualTo("removed"));
        assertThat(timeline.engine().limits().of(CONTAINER, DISK.id())).isEmpty();
    }
}
