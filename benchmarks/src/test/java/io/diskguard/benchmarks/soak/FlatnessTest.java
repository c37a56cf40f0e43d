/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.benchmarks.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** An hour with a sample each 10 s; at most 3 more is flat. */
class FlatnessTest {
    private static final double[] MINUTES =
            IntStream.rangeClosed(0, 360).mapToDouble(i -> i / 6.0).toArray();

    private static Flatness of(DoubleUnaryOperator value) {
        return Flatness.of(MINUTES, java.util.Arrays.stream(MINUTES).map(value).toArray());
    }

    @Test
    void whatNeverChangesIsFlat() {
        var flatness = of(minute -> 90);
        assertThat(flatness).isEqualTo(new Flatness(90, 90, 0, 90, 90));
        assertThat(flatness.within(0)).isTrue();
    }

    @Test
    void aLeakOfAFewMegabytesAnHourIsFound() {
        var flatness = of(minute -> 90 + minute / 60 * 4 + 3 * Math.sin(minute * 7));
        assertThat(flatness.hourly()).isCloseTo(4, within(0.3));
        assertThat(flatness.within(3)).isFalse();
        assertThat(flatness.within(6)).isTrue();
    }

    @Test
    void aCollectorsTeethAreFlat() {
        assertThat(of(minute -> 90 + minute * 5 % 8).within(3)).isTrue();
    }

    @Test
    void warmingUpDoesNotCount() {
        assertThat(of(minute -> minute < 10 ? 60 + 3 * minute : 90).within(0)).isTrue();
    }

    @Test
    void aStepLateInTheHourIsFoundThoughALineHardlyRises() {
        assertThat(of(minute -> minute < 49 ? 90 : 94).within(3)).isFalse();
    }

    @Test
    void whatIsGivenBackIsFlat() {
        assertThat(of(minute -> 90 - minute / 10).within(0)).isTrue();
    }
}
