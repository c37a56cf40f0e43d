/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private final Backoff backoff = new Backoff(Duration.ofMillis(20), Duration.ofSeconds(30), new SplittableRandom(1));

    @Test
    void waitsDoubleWithJitterUpToTheCap() {
        for (var attempt = 1; attempt <= 5000; attempt++) {
            var most = Math.min(20L << Math.min(attempt - 1, 20), 30_000);
            assertThat(backoff.delay(attempt)).isBetween(Duration.ofMillis(most / 2), Duration.ofMillis(most));
        }
    }

    @Test
    void aCapBelowTheBaseIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Backoff(Duration.ofSeconds(2), Duration.ofSeconds(1), new SplittableRandom(1)));
    }
}
