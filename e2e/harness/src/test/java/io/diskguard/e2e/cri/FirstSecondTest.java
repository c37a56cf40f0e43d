/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.e2e.cri;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class FirstSecondTest {
    private static final long START = -TimeUnit.MILLISECONDS.toNanos(7);

    private final FirstSecond second = new FirstSecond(40);

    @Test
    void beginsWithTheFirstWriteAndCountsNoLaterOnes() {
        look(0, 40, false);
        look(500, 41, false);
        look(1_499, 140, false);
        assertThat(second.isOver()).isFalse();
        assertThat(second.writes()).isEmpty();
        look(1_500, 141, false);
        look(1_600, 151, false);
        assertThat(second.isOver()).isTrue();
        assertThat(second.writes()).hasValue(101);
    }

    @Test
    void saysHowLongAfterTheFirstWriteTheLimitCame() {
        look(10, 41, false);
        assertThat(second.microsToLimit()).isEmpty();
        look(13, 90, true);
        look(14, 91, true);
        assertThat(second.microsToLimit()).hasValue(3_000);
    }

    @Test
    void aLimitThatWasThereFirstTookLessThanNothing() {
        look(10, 40, true);
        assertThat(second.isLimited()).isTrue();
        assertThat(second.microsToLimit()).isEmpty();
        look(30, 41, true);
        assertThat(second.microsToLimit()).hasValue(-20_000);
    }

    private void look(long millis, long done, boolean limited) {
        second.looked(START + TimeUnit.MILLISECONDS.toNanos(millis), done, limited);
    }
}
