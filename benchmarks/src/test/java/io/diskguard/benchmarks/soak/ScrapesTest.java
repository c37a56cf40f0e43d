/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.benchmarks.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ScrapesTest {
    private static boolean isStarved(long waited, long took) {
        return Scrapes.isStarved(TimeUnit.SECONDS.toNanos(waited), TimeUnit.SECONDS.toNanos(took));
    }

    @Test
    void onlyWhoHadNoProcessorMostlyIsExcusedForNoAnswer() {
        assertThat(isStarved(8, 10)).isTrue();
        assertThat(isStarved(4, 30))
                .as("it hung on a machine with a little to do")
                .isFalse();
        assertThat(isStarved(0, 0)).as("it refused at once").isFalse();
        assertThat(isStarved(1, 1)).as("it broke off").isFalse();
    }
}
