/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.smart;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.config.PressureGate;
import io.diskguard.model.ContainerKey;
import io.diskguard.model.DeviceId;
import io.diskguard.model.Disk;
import io.diskguard.model.DiskActivity;
import io.diskguard.model.IoCounters;
import io.diskguard.model.IoPressure;
import io.diskguard.policy.smart.Moment;
import io.diskguard.policy.smart.Round;
import io.diskguard.policy.smart.Round.Sampled;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContentionMeterTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Disk DISK = new Disk(new DeviceId(8, 0), "sda");
    private static final Disk OTHER = new Disk(new DeviceId(8, 16), "sdb");
    private static final ContainerKey WEB = new ContainerKey("p1", "web");
    private static final ContainerKey BATCH = new ContainerKey("p2", "batch");

    private final ContentionMeter meter = new ContentionMeter(new PressureGate(10, 3), MINUTE);
    private final Set<ContainerKey> limited = new HashSet<>();
    private final List<Sampled> samples = new ArrayList<>();
    private final Map<DeviceId, DiskActivity> disks = new HashMap<>();
    private long nanos = -77;

    private long operations;
    private long millis;

    @Test
    void aContainerWithoutLimitThatWaitsMeansContention() {
        pressed(WEB, 10, 1).round();
        pressed(WEB, 10, 2).round();

        assertThat(meter.isContended(DISK.id())).isTrue();
        assertThat(meter.calm(DISK.id())).isZero();
        assertThat(meter.isContended(OTHER.id())).isFalse();
    }

    @Test
    void belowTheThresholdItIsCalmForAsLongAsThat() {
        for (var i = 1; i <= 6; i++) {
            pressed(WEB, 9.9, i).round();
        }

        assertThat(meter.isContended(DISK.id())).isFalse();
        assertThat(meter.calm(DISK.id())).isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void contentionEndsTheCalm() {
        pressed(WEB, 1, 1).round();
        pressed(WEB, 1, 2).round();
        pressed(WEB, 50, 3).round();
        assertThat(meter.calm(DISK.id())).isZero();

        pressed(WEB, 1, 4).round();
        assertThat(meter.calm(DISK.id())).isEqualTo(MINUTE);
    }

    @Test
    void ourOwnThrottlingIsNoContention() {
        limited.add(BATCH);
        pressed(BATCH, 90, 1).round();
        pressed(BATCH, 90, 2).round();

        assertThat(meter.isContended(DISK.id())).isFalse();
        assertThat(meter.calm(DISK.id()))
                .as("nobody is left to tell whether it is calm")
                .isZero();
    }

    @Test
    void whoDidNothingOnTheDiskWaitsForAnother() {
        pressed(WEB, 90, 5).round();
        pressed(WEB, 90, 5).round();

        assertThat(meter.isContended(DISK.id())).isFalse();
    }

    @Test
    void whatAnotherContainerOrSourceCountedIsNotWhatWasDoneSince() {
        pressed(WEB, 90, 1).round();
        samples.add(sampled(WEB, "id2", "files", 90, 2));
        round();
        assertThat(meter.isContended(DISK.id())).isFalse();
        samples.add(sampled(WEB, "id2", "kubelet", 90, 3));
        round();
        assertThat(meter.isContended(DISK.id())).isFalse();
        samples.add(sampled(WEB, "id2", "kubelet", 90, 4));
        round();
        assertThat(meter.isContended(DISK.id())).isTrue();
    }

    @Test
    void withoutPressureAndHistoryItCannotBeTold() {
        for (var i = 0; i < 20; i++) {
            worked(100, 1).round();
        }
        worked(100, 1000).round();

        assertThat(meter.isContended(DISK.id())).isFalse();
        assertThat(meter.calm(DISK.id())).isZero();
    }

    @Test
    void anOperationThatTakesMuchLongerThanUsualMeansContention() {
        learn();
        worked(100, 2.9).round();
        assertThat(meter.isContended(DISK.id())).isFalse();
        assertThat(meter.calm(DISK.id())).isPositive();

        worked(100, 3).round();
        assertThat(meter.isContended(DISK.id())).isTrue();
        assertThat(meter.calm(DISK.id())).isZero();
    }

    @Test
    void afterAnHourOfItWhatWasUnusualIsUsual() {
        learn();
        for (var i = 0; i < 70; i++) {
            worked(100, 10).round();
        }

        assertThat(meter.isContended(DISK.id())).isFalse();
    }

    @Test
    void anIdleDiskIsCalmAtOnce() {
        worked(0, 0).round();
        worked(0, 0).round();

        assertThat(meter.calm(DISK.id())).isEqualTo(MINUTE);
    }

    @Test
    void aDiskThatFinishesNothingIsNotCalm() {
        learn();
        millis += 60_000;
        disks.put(DISK.id(), new DiskActivity(operations, 0, 0, 0, 0, 0, 9, millis, millis));
        round();

        assertThat(meter.calm(DISK.id())).isZero();
        assertThat(meter.isContended(DISK.id())).isFalse();
    }

    @Test
    void aVeryFastDiskIsNotContendedByFractionsOfFractions() {
        for (var i = 0; i < 32; i++) {
            worked(1000, 0.001).round();
        }
        worked(1000, 0.2).round();
        assertThat(meter.isContended(DISK.id())).isFalse();
        worked(1000, 0.31).round();
        assertThat(meter.isContended(DISK.id())).isTrue();
    }

    @Test
    void anotherDiskUnderTheNumberIsNotComparedWithTheOldOne() {
        learn();
        disks.put(DISK.id(), new DiskActivity(1, 0, 900, 0, 0, 0, 0, 900, 900));
        round();

        assertThat(meter.isContended(DISK.id())).isFalse();
        assertThat(meter.calm(DISK.id())).isZero();
    }

    @Test
    void aPauseOfTheProcessIsNoRound() {
        learn();
        nanos += Duration.ofHours(3).toNanos();
        worked(1, 5000).round();

        assertThat(meter.isContended(DISK.id())).isFalse();
    }

    @Test
    void pressureOutweighsACalmDisk() {
        learn();
        pressed(WEB, 50, 1).worked(100, 1).round();
        pressed(WEB, 50, 2).worked(100, 1).round();

        assertThat(meter.isContended(DISK.id())).isTrue();
    }

    @Test
    void aDiskThatIsGoneCannotBeTold() {
        learn();
        disks.clear();
        round();

        assertThat(meter.calm(DISK.id())).isZero();
        assertThat(meter.isContended(DISK.id())).isFalse();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void whateverComesContendedIsNeverCalmAndTheSameRoundsTellTheSame(long seed) {
        var random = new Random(seed);
        var twin = new ContentionMeter(new PressureGate(10, 3), MINUTE);
        var start = nanos;
        var unlimited = Duration.ZERO;
        for (var i = 0; i < 400; i++) {
            for (var container : List.of(WEB, BATCH)) {
                if (random.nextInt(5) > 0) {
                    var id = random.nextInt(20) > 0 ? "id" : "new";
                    samples.add(sampled(container, id, "files", random.nextInt(25), random.nextInt(4)));
                }
            }
            if (random.nextInt(10) == 0) {
                disks.clear();
            } else {
                worked(random.nextInt(3) * 100, random.nextInt(8));
            }
            var round = take(Duration.ofSeconds(random.nextInt(400)));
            meter.take(round, (container, disk) -> container.equals(BATCH));
            twin.take(round, (container, disk) -> container.equals(BATCH));
            var calm = meter.calm(DISK.id());
            assertThat(calm).isBetween(Duration.ZERO, Duration.ofNanos(nanos - start));
            assertThat(meter.isContended(DISK.id()) && !calm.isZero()).isFalse();
            assertThat(calm).isLessThanOrEqualTo(unlimited.plus(MINUTE.multipliedBy(7)));
            assertThat(twin.calm(DISK.id())).isEqualTo(calm);
            assertThat(twin.isContended(DISK.id())).isEqualTo(meter.isContended(DISK.id()));
            unlimited = calm;
        }
    }

    private void learn() {
        for (var i = 0; i < 32; i++) {
            worked(100, 1).round();
        }
    }

    /** The disk did that many more operations, each taking so many milliseconds. */
    private ContentionMeterTest worked(int more, double each) {
        operations += more;
        millis += Math.round(more * each);
        disks.put(DISK.id(), new DiskActivity(operations, 0, millis, 0, 0, 0, 0, 0, 0));
        return this;
    }

    private ContentionMeterTest pressed(ContainerKey container, double percent, long done) {
        samples.add(sampled(container, "id", "files", percent, done));
        return this;
    }

    private Sampled sampled(ContainerKey container, String id, String source, double percent, long done) {
        var share = new IoPressure.Share(0, percent, 0, 0);
        var pressure = Optional.of(new IoPressure(share, share));
        return new Sampled(container, id, source, nanos, Map.of(DISK, new IoCounters(0, 0, done, 0)), pressure);
    }

    private void round() {
        var round = take(MINUTE);
        meter.take(round, (container, disk) -> limited.contains(container));
    }

    private Round take(Duration later) {
        nanos += later.toNanos();
        var round = new Round(new Moment(nanos, Instant.EPOCH), samples, Set.of(), disks);
        samples.clear();
        return round;
    }
}
