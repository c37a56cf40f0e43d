/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class ManualClockTest {
    @Test
    void clockAndTickerTurnTogetherAndInEveryZone() {
        var clock = new ManualClock();
        var elsewhere = clock.withZone(ZoneId.of("Asia/Shanghai"));

        clock.advance(Duration.ofMinutes(3));

        assertThat(clock.instant()).isEqualTo(ManualClock.START.plusSeconds(180));
        assertThat(elsewhere.instant()).isEqualTo(clock.instant());
        assertThat(clock.nanos()).isEqualTo(180_000_000_000L);
    }

    @Test
    void timeDoesNotRunBackwards() {
        assertThatIllegalArgumentException().isThrownBy(() -> new ManualClock().advance(Duration.ofSeconds(-1)));
    }
}
