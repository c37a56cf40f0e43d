/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.cgroup.v1;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.cgroup.v1.UnthrottledIo.Reading;
import io.diskguard.model.DiskActivity;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class UnthrottledIoTest {
    private static final long BLOCK = 4096;

    private final UnthrottledIo judge = new UnthrottledIo();
    private long done;
    private long sectors;
    private long counted;
    private long countedBytes;

    @Test
    void muchWorkTwiceWithoutACountSpeaksForIt() {
        look(0, 0);
        assertThat(look(5000, 0)).isEmpty();
        assertThat(look(5000, 100)).contains("of 5000 operations only 100 were counted");
    }

    @Test
    void onceIsNotEnough() {
        look(0, 0);
        look(5000, 0);
        assertThat(look(5000, 2500)).isEmpty();
        assertThat(look(5000, 0)).isEmpty();
    }

    @Test
    void littleWorkIsLookedAtTogether() {
        look(0, 0);
        for (var i = 0; i < 19; i++) {
            assertThat(look(100, 0)).isEmpty();
        }
        assertThat(look(100, 0)).isPresent();
    }

    @Test
    void whatWasUnderWayHadBeenCountedBefore() {
        look(0, 0, 4500);
        look(5000, 0, 4500);
        assertThat(look(5000, 0, 0)).isEmpty();
    }

    @Test
    void theJudgementStandsWhileOnlyThoseWithALimitAreCountedAndFallsWhenAllAre() {
        look(0, 0);
        look(5000, 0);
        look(5000, 0);
        assertThat(look(5000, 2500)).isPresent();
        assertThat(look(5000, 5000)).isEmpty();
    }

    @Test
    void operationsThatTheKernelSplitAreCountedByTheirBytes() {
        look(0, 0);
        for (var i = 0; i < 5; i++) {
            done += 32 * 1000;
            sectors += 256 * 1000 * 32L;
            counted += 1000;
            countedBytes += 512L * 256 * 1000 * 32;
            assertThat(judge.take(reading(0))).isEmpty();
        }
    }

    @Test
    void aCgroupThatWentWithItsCountersProvesNothing() {
        look(0, 0);
        look(5000, 5000);
        counted = 0;
        countedBytes = 0;
        look(5000, 0);
        assertThat(look(5000, 0)).isEmpty();
        assertThat(look(5000, 5000)).isEmpty();
    }

    private Optional<String> look(long more, long moreCounted) {
        return look(more, moreCounted, 0);
    }

    private Optional<String> look(long more, long moreCounted, long inFlight) {
        done += more;
        sectors += more * BLOCK / 512;
        counted += moreCounted;
        countedBytes += moreCounted * BLOCK;
        return judge.take(reading(inFlight));
    }

    private Reading reading(long inFlight) {
        return new Reading(new DiskActivity(0, 0, 0, done, sectors, 0, inFlight, 0, 0), countedBytes, counted);
    }
}
