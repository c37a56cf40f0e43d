/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.e2e.scenarios.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.diskguard.e2e.scenarios.machine.Meter.Reading;
import io.diskguard.model.IoCounters;
import io.diskguard.model.IoRates;
import org.junit.jupiter.api.Test;

class MeterTest {
    private static final long SECOND = 1_000_000_000;

    @Test
    void aRateIsWhatWasCountedInTheTimeThatReallyPassed() {
        var before = new Reading(5 * SECOND, new IoCounters(1000, 2000, 10, 20));
        var after = new Reading(5 * SECOND + SECOND * 5 / 2, new IoCounters(6000, 2000, 15, 120));

        assertThat(Meter.rates(before, after)).isEqualTo(new IoRates(2, 40, 2000, 0));
    }

    @Test
    void countersOfACgroupThatWasMadeAnewAreNoRate() {
        var before = new Reading(0, new IoCounters(0, 4096, 0, 1000));
        var after = new Reading(SECOND, new IoCounters(0, 8192, 0, 3));

        assertThatThrownBy(() -> Meter.rates(before, after)).isInstanceOf(IllegalArgumentException.class);
    }
}
