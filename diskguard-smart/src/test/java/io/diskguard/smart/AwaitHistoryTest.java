/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.smart;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.OptionalDouble;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AwaitHistoryTest {
    /** More rounds than there is room for, so that the oldest were overwritten. */
    @ParameterizedTest
    @ValueSource(ints = {1, 10, 60, 61, 600, 3600})
    void atAnotherIntervalNothingIsForgotten(int seconds) {
        var history = new AwaitHistory(Duration.ofMinutes(1));
        var minute = Duration.ofMinutes(1).toNanos();
        for (var i = 1; i <= 100; i++) {
            history.add(i * minute, minute, OptionalDouble.of(i));
        }
        var before = history.median(100 * minute);
        assertThat(before).hasValue(70);
        var other = history.at(Duration.ofSeconds(seconds));
        assertThat(other.median(100 * minute)).isEqualTo(before);
        other.add(101 * minute, minute, OptionalDouble.of(101));
        history.add(101 * minute, minute, OptionalDouble.of(101));
        assertThat(other.median(101 * minute)).isEqualTo(history.median(101 * minute));
    }
}
