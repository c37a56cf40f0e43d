/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.OptionalDouble;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DiskActivityTest {
    private static final Duration TWO_SECONDS = Duration.ofSeconds(2);
    private static final long UINT_MAX = 0xffff_ffffL;
    private static final DiskActivity EARLIER = new DiskActivity(100, 800, 1000, 200, 1600, 4000, 3, 500, 5000);

    @Test
    void ratesAreDifferencesOverTheElapsedTime() {
        var later = new DiskActivity(300, 2400, 1400, 300, 3200, 5100, 0, 1500, 9000);

        var rates = later.since(EARLIER, TWO_SECONDS).orElseThrow();

        assertThat(rates).isEqualTo(new DiskActivity.Rates(0.5, OptionalDouble.of(5), 2, 100, 50, 409_600, 409_600));
    }

    @Test
    void aDiskThatDidNothingHasNoTimePerOperation() {
        var rates = EARLIER.since(EARLIER, TWO_SECONDS).orElseThrow();

        assertThat(rates.utilisation()).isZero();
        assertThat(rates.awaitMillis()).isEmpty();
    }

    @Test
    void aDiskIsNeverMoreThanWhollyBusy() {
        var later = new DiskActivity(101, 808, 1001, 200, 1600, 4000, 0, 2503, 5001);

        assertThat(later.since(EARLIER, TWO_SECONDS).orElseThrow().utilisation())
                .isEqualTo(1);
    }

    @Test
    void aCounterOfThirtyTwoBitsThatRanOverGoesOn() {
        var earlier = new DiskActivity(0, 0, UINT_MAX - 99, 0, 0, 0, 0, UINT_MAX - 399, 0);
        var later = new DiskActivity(10, 0, 100, 0, 0, 0, 0, 600, 0);

        var rates = later.since(earlier, TWO_SECONDS).orElseThrow();

        assertThat(rates.awaitMillis().orElseThrow()).isEqualTo(20);
        assertThat(rates.utilisation()).isEqualTo(0.5);
    }

    @Test
    void aCounterOfSixtyFourBitsThatRanOverGoesOn() {
        var earlier = new DiskActivity(0, -1000, 0, 0, 0, 0, 0, 0, 0);
        var later = new DiskActivity(0, 1000, 0, 0, 0, 0, 0, 0, 0);

        assertThat(later.since(earlier, TWO_SECONDS).orElseThrow().rbps()).isEqualTo(512_000);
    }

    @Test
    void aDiskThatWasReplacedHasNoRates() {
        assertThat(new DiskActivity(0, 0, 0, 0, 0, 0, 0, 0, 0).since(EARLIER, TWO_SECONDS))
                .isEmpty();
    }

    @Test
    void readingsAtTheSameTimeAreAMistake() {
        assertThatIllegalArgumentException().isThrownBy(() -> EARLIER.since(EARLIER, Duration.ZERO));
    }

    @Test
    void noReadingsGiveRatesThatCannotBe() {
        var random = new Random(7);
        for (var i = 0; i < 10_000; i++) {
            any(random)
                    .since(
                            any(random),
                            Duration.ofNanos(1 + random.nextInt()).abs().plusNanos(1))
                    .ifPresent(rates -> {
                        assertThat(rates.utilisation()).isBetween(0.0, 1.0);
                        assertThat(rates.riops()).isNotNegative().isFinite();
                        assertThat(rates.wbps()).isNotNegative().isFinite();
                        assertThat(rates.awaitMillis().orElse(0))
                                .isNotNegative()
                                .isFinite();
                        assertThat(rates.queued()).isNotNegative().isFinite();
                    });
        }
    }

    private static DiskActivity any(Random random) {
        return new DiskActivity(
                any64(random),
                any64(random),
                any64(random),
                any64(random),
                any64(random),
                any64(random),
                0,
                any64(random),
                any64(random));
    }

    private static long any64(Random random) {
        return random.nextLong() >> random.nextInt(64);
    }
}
