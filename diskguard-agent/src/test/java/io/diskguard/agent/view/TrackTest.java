/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class TrackTest {
    private final Track track = new Track(1);

    @Test
    void whatDoesNothingIsNotKept() {
        track.add(0, 60, 0f);

        assertThat(points(60)).isEmpty();
        assertThat(track.isIdle(60)).isTrue();
    }

    @Test
    void theFirstThingThatIsDoneIsPrecededByNothing() {
        track.add(0, 60, 5f);

        assertThat(points(60)).containsExactly("0:0.0", "60:5.0");
    }

    @Test
    void theMeanIsOverTheWholeWindowAndCutsAStretchThatBeganBefore() {
        track.add(0, 60, 10f);
        track.add(60, 120, 20f);

        assertThat(track.mean(120, 120)[0]).isEqualTo(15, within(1e-6));
        assertThat(track.mean(120, 90)[0]).isEqualTo((10 * 30 + 20 * 60) / 90.0, within(1e-6));
        assertThat(track.mean(240, 120)[0]).isZero();
    }

    @Test
    void roundsOfAnyIntervalAreRememberedForAnHourInSoManyPoints() {
        for (var interval : new int[] {1, 7, 10, 30, 60, 600}) {
            var track = new Track(1);
            var kept = 0;
            for (var second = interval; second <= 3 * Track.HOUR_SECONDS; second += interval) {
                if (second - kept >= track.spacing()) {
                    track.add(kept, second, 5f);
                    kept = second;
                }
            }

            var points = track.points(kept, (second, numbers) -> second);
            assertThat(points).as("each %d s", interval).hasSizeBetween(6, Track.POINTS);
            assertThat(points.get(0)).isLessThanOrEqualTo(kept - Track.HOUR_SECONDS + 2 * Math.max(interval, 60));
            assertThat(track.mean(kept, Track.HOUR_SECONDS)[0]).isEqualTo(5, within(0.2));
        }
    }

    @Test
    void twoPointsThatBecomeOneHaveTheirMean() {
        for (var i = 1; i < Track.POINTS; i++) {
            track.add(i - 1, i, i % 2 == 0 ? 30f : 10f);
        }
        assertThat(points(Track.POINTS)).hasSize(Track.POINTS);

        track.add(Track.POINTS - 1, Track.POINTS, 7f);

        assertThat(points(Track.POINTS))
                .hasSize(Track.POINTS / 2 + 2)
                .startsWith("0:0.0", "2:20.0", "4:20.0")
                .endsWith(Track.POINTS + ":7.0");
        assertThat(track.spacing()).isEqualTo(1);
    }

    @Test
    void whatIsOlderThanAnHourIsNotTold() {
        track.add(0, 60, 5f);

        assertThat(points(60 + Track.HOUR_SECONDS)).containsExactly("60:5.0");
        assertThat(points(61 + Track.HOUR_SECONDS)).isEmpty();
        assertThat(track.isIdle(61 + Track.HOUR_SECONDS)).isTrue();
    }

    @Test
    void whatWasDoneAfterAnAbsenceIsNotTakenToHaveBeenDoneInIt() {
        track.add(0, 60, 5f);

        track.add(900, 960, 100f);

        assertThat(points(960)).containsExactly("0:0.0", "60:5.0", "900:0.0", "960:100.0");
        assertThat(track.mean(960, 960)[0]).isEqualTo((5 * 60 + 100 * 60) / 960.0, within(1e-6));
    }

    @Test
    void noTwoPointsAreToBeOfOneSecond() {
        assertThat(track.spacing()).isPositive();
    }

    private List<String> points(int now) {
        return track.points(now, (second, numbers) -> second + ":" + numbers[0]);
    }
}
