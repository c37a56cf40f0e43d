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
    void theOldestPointsGoWhereThereAreTooMany() {
        for (var i = 1; i <= 3 * Track.POINTS; i++) {
            track.add(i - 1, i, i);
        }

        var points = points(3 * Track.POINTS);
        assertThat(points).hasSize(Track.POINTS).endsWith(3 * Track.POINTS + ":" + 3 * Track.POINTS + ".0");
        assertThat(points.get(0)).isEqualTo(2 * Track.POINTS + 1 + ":" + (2 * Track.POINTS + 1) + ".0");
    }

    @Test
    void whatIsOlderThanAnHourIsNotTold() {
        track.add(0, 60, 5f);

        assertThat(points(60 + Track.HOUR_SECONDS)).containsExactly("60:5.0");
        assertThat(points(61 + Track.HOUR_SECONDS)).isEmpty();
        assertThat(track.isIdle(61 + Track.HOUR_SECONDS)).isTrue();
    }

    private List<String> points(int now) {
        return track.points(now, (second, numbers) -> second + ":" + numbers[0]);
    }
}
