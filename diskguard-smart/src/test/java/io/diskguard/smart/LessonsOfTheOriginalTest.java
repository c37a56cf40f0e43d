/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.smart;

import static io.diskguard.smart.Timeline.CONTAINER;
import static io.diskguard.smart.Timeline.DISK;
import static io.diskguard.smart.Timeline.START;
import static io.diskguard.smart.Timeline.legacy;
import static io.diskguard.smart.Timeline.settings;
import static io.diskguard.smart.Timeline.window;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.diskguard.config.DiskCapacity;
import io.diskguard.config.GuardConfig;
import io.diskguard.config.SmartRelease;
import io.diskguard.config.SmartSettings;
import io.diskguard.history.HistoryShape;
import io.diskguard.history.LoadHistory;
import io.diskguard.model.ContainerKey;
import io.diskguard.model.Disk;
import io.diskguard.model.IoCounters;
import io.diskguard.model.IoLimit;
import io.diskguard.model.LimitKey;
import io.diskguard.model.Rate;
import io.diskguard.policy.smart.Moment;
import io.diskguard.policy.smart.Round;
import io.diskguard.policy.smart.SmartDecision;
import io.diskguard.policy.smart.SmartLimit;
import io.diskguard.policy.smart.Surroundings;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What smart limits elsewhere got wrong: docs/lessons.md. */
class LessonsOfTheOriginalTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    /** As what a container does it may write 4 KiB at a time. */
    private static IoCounters written(long operations) {
        return new IoCounters(0, operations * 4096, 0, operations);
    }

    private static double over(LoadHistory load, int minutes, Duration now) {
        return load.over(Duration.ofMinutes(minutes), now.toNanos())
                .orElseThrow()
                .rates()
                .wiops();
    }

    private static LoadHistory history(Duration interval, int... windows) {
        return new LoadHistory(HistoryShape.of(
                Arrays.stream(windows).mapToObj(Duration::ofMinutes).toList(), interval));
    }

    /** There it was the mean of the rates between samples: 5000. */
    @Test
    void aRateIsWhatWasCountedOverTheTimeInWhichItWas() {
        var load = history(Duration.ofSeconds(1), 10);
        load.sampled("cgroup", "id", 0, written(0));
        load.sampled("cgroup", "id", Duration.ofSeconds(1).toNanos(), written(10_000));
        load.sampled("cgroup", "id", Duration.ofSeconds(600).toNanos(), written(10_000));
        assertThat(over(load, 10, Duration.ofSeconds(600))).isCloseTo(16.67, within(0.01));
    }

    /** There 59 operations a minute were 0 a second. */
    @Test
    void aLowRateIsNotRoundedToNone() {
        var load = history(MINUTE, 10);
        for (var minute = 0; minute <= 10; minute++) {
            load.sampled("cgroup", "id", MINUTE.multipliedBy(minute).toNanos(), written(59L * minute));
        }
        assertThat(over(load, 10, MINUTE.multipliedBy(10))).isCloseTo(0.983, within(0.001));
    }

    /** There a steady load was no load, as differences were taken of what was a rate already. */
    @Test
    void aSteadyLoadIsALoad() {
        assertThat(legacy().writes(900, 10).story()).containsExactly("5 APPLY");
    }

    /** There a counter that began anew was a load of -33000 a second. */
    @Test
    void aCounterThatBeginsAnewIsNeitherLoadNorQuiet() {
        var load = history(MINUTE, 10);
        for (var minute = 0; minute <= 10; minute++) {
            load.sampled("cgroup", "id", MINUTE.multipliedBy(minute).toNanos(), written(60_000L * (minute % 5)));
        }
        assertThat(over(load, 10, MINUTE.multipliedBy(10))).isCloseTo(1000, within(0.1));
    }

    /** There history was kept for ten minutes, and all windows gave one number. */
    @Test
    void eachWindowIsAsLongAsItSays() {
        var load = history(MINUTE, 15, 30, 60);
        var done = 0L;
        for (var minute = 0; minute <= 60; minute++) {
            load.sampled("cgroup", "id", MINUTE.multipliedBy(minute).toNanos(), written(done));
            done += 60 * (minute < 45 ? 1000 : minute < 50 ? 700 : 100);
        }
        var now = MINUTE.multipliedBy(60);
        assertThat(over(load, 15, now)).isCloseTo(300, within(0.1));
        assertThat(over(load, 30, now)).isCloseTo(650, within(0.1));
        assertThat(over(load, 60, now)).isCloseTo(825, within(0.1));
    }

    /** There two samples were an hour. */
    @Test
    void aMinuteOfLoadTriggersNoWindowOfAnHour() {
        assertThat(new Timeline(settings(window("60m", 60, 0.5, 0)))
                        .writes(100_000, 29)
                        .story())
                .isEmpty();
    }

    /** There the default threshold of 0.8 was 0.8 operations and 0.8 bytes a second. */
    @Test
    void byDefaultAContainerThatDoesLittleIsNotLimited() {
        var timeline = new Timeline(GuardConfig.defaults().smart())
                .capacity(GuardConfig.defaults().disks().capacity());
        assertThat(timeline.writes(100, 240).reads(100, 240).story()).isEmpty();
    }

    /** There one number too high limited all four, and a limit of 0 was 500 operations and 10 MiB. */
    @Test
    void whatIsNotTooMuchIsNotLimited() {
        assertThat(legacy().writes(900, 10).inForce())
                .isEqualTo(IoLimit.UNLIMITED.with(LimitKey.WIOPS, Rate.perSecond(720)));
    }

    /** There a container's history was its name's, whosever pod it was in. */
    @Test
    void containersOfOneNameInTwoPodsAreTwo() {
        var engine = new SmartEngine(settings(window("legacy", 10, 0.8, 0)));
        var busy = new ContainerKey("pod-1", "main");
        var quiet = new ContainerKey("pod-2", "main");
        for (var minute = 0; minute <= 10; minute++) {
            engine.decide(
                    round(MINUTE.multipliedBy(minute), Map.of(busy, written(54_000L * minute), quiet, written(0))),
                    new Plain());
        }
        assertThat(engine.limits().of(busy)).isNotEmpty();
        assertThat(engine.limits().of(quiet)).isEmpty();
    }

    /** There an own limit of the pod was overwritten by a looser one. */
    @Test
    void aSmartLimitIsNeverLooserThanWhatHolds() {
        var strict = IoLimit.UNLIMITED.with(LimitKey.WIOPS, Rate.perSecond(500));
        var timeline = new Timeline(settings(window("10m", 10, 400, 600)))
                .statics(strict)
                .writes(900, 60);
        assertThat(timeline.limit()).isEmpty();
        assertThat(timeline.story()).containsExactly("5 NO_EFFECT");
    }

    /** There each check that said no put off the next, so that rounds shorter than the interval never got to one. */
    @Test
    void aCheckThatSaysNoDoesNotPutOffTheNext() {
        var often = Duration.ofSeconds(10);
        var base = settings(window("legacy", 10, 0.8, 0));
        var release = new SmartRelease(
                base.release().io(), base.release().bps(), Duration.ofMinutes(5), Duration.ofMinutes(2));
        var engine = new SmartEngine(new SmartSettings(
                true,
                base.mode(),
                often,
                base.windows(),
                base.reference(),
                base.leastIops(),
                base.leastBps(),
                release,
                false,
                Optional.empty()));
        var released = Optional.<SmartDecision>empty();
        var done = 0L;
        for (var second = 0; second <= 1800 && released.isEmpty(); second += 10) {
            released =
                    engine
                            .decide(round(Duration.ofSeconds(second), Map.of(CONTAINER, written(done))), new Plain())
                            .stream()
                            .filter(each -> each.kind() == SmartDecision.Kind.RELEASE)
                            .findFirst();
            done += second < 600 ? 9000 : 0;
        }
        assertThat(released).isPresent();
        assertThat(Duration.between(START, released.get().at())).isLessThanOrEqualTo(Duration.ofMinutes(23));
    }

    /** There only the window that triggered was looked at. */
    @Test
    void everyWindowHasToBeLowForARelease() {
        var timeline = new Timeline(settings(window("15m", 15, 0.9, 0), window("60m", 60, 0.99, 0)))
                .writes(900, 45)
                .writes(1000, 15)
                .idle(20);
        assertThat(timeline.story()).noneMatch(each -> each.endsWith("RELEASE"));
        assertThat(timeline.idle(40).story()).last().asString().endsWith("RELEASE");
    }

    /** There a limit of a window that was configured no more stayed for ever. */
    @Test
    void aLimitOfAWindowThatIsNoMoreIsReleasedToo() {
        var limit = new SmartLimit("5min", START.minusSeconds(7200), writes(300), Duration.ofMinutes(5), "");
        assertThat(legacy().restored(limit).idle(30).story()).containsExactly("0 RESTORE", "5 RELEASE");
    }

    /** There each start of the agent began the delay anew. */
    @Test
    void aStartDoesNotBeginTheDelayAnew() {
        var limit = new SmartLimit("legacy", START.minusSeconds(1200), writes(300), Duration.ofMinutes(30), "");
        assertThat(legacy().restored(limit).idle(30).story()).containsExactly("0 RESTORE", "10 RELEASE");
    }

    /** There, in one generation, a limit went as soon as the rate was below what had set it, and came again at once. */
    @Test
    void aLoadBetweenTheThresholdsNeitherSetsNorReleases() {
        assertThat(legacy().writes(900, 10).writes(700, 600).story()).containsExactly("5 APPLY");
        assertThat(legacy().writes(700, 600).story()).isEmpty();
    }

    /** There status was forgotten after the history window, and the limit with nobody to release it. */
    @Test
    void aLimitIsRememberedHoweverLongItStays() {
        var timeline = legacy().writes(900, 6000);
        assertThat(timeline.story()).containsExactly("5 APPLY");
        assertThat(timeline.idle(30).story()).hasSize(2).last().asString().endsWith("RELEASE");
    }

    private static IoLimit writes(long iops) {
        return IoLimit.UNLIMITED.with(LimitKey.WIOPS, Rate.perSecond(iops));
    }

    private static Round round(Duration at, Map<ContainerKey, IoCounters> counters) {
        var samples = counters.entrySet().stream()
                .map(each -> new Round.Sampled(
                        each.getKey(),
                        "id-" + each.getKey(),
                        "cgroup",
                        at.toNanos(),
                        Map.of(DISK, each.getValue()),
                        Optional.empty()))
                .toList();
        return new Round(new Moment(at.toNanos(), START.plus(at)), List.copyOf(samples), Set.of(), Map.of());
    }

    /** No static limit, a disk of 1000 operations a second. */
    private record Plain() implements Surroundings {
        @Override
        public IoLimit statics(ContainerKey container, Disk disk) {
            return IoLimit.UNLIMITED;
        }

        @Override
        public DiskCapacity capacity(Disk disk) {
            return new DiskCapacity(OptionalLong.of(1000), OptionalLong.empty());
        }
    }
}
