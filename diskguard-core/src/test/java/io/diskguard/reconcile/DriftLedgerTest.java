/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.reconcile;

import static io.diskguard.reconcile.Examples.CGROUP;
import static io.diskguard.reconcile.Examples.DISK;
import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.reconcile.DriftLedger.Verdict;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class DriftLedgerTest {
    private final DriftLedger ledger = new DriftLedger();

    private Verdict judge(Duration at) {
        return ledger.judge(CGROUP, DISK, at.toNanos());
    }

    private void repair(int times, Duration at) {
        for (var i = 0; i < times; i++) {
            ledger.repaired(CGROUP, DISK, at.toNanos());
        }
    }

    @Test
    void threeRepairsInTenMinutesAreEnough() {
        repair(2, Duration.ZERO);
        assertThat(judge(Duration.ofMinutes(1))).isEqualTo(Verdict.REPAIR);
        repair(1, Duration.ofMinutes(1));
        assertThat(judge(Duration.ofMinutes(2))).isEqualTo(Verdict.CONTESTED);
        assertThat(judge(Duration.ofMinutes(3))).isEqualTo(Verdict.PAUSED);
    }

    @Test
    void repairingGoesOnWhenTheWindowHasPassed() {
        repair(3, Duration.ZERO);
        assertThat(judge(Duration.ofMinutes(9))).isEqualTo(Verdict.CONTESTED);
        assertThat(judge(Duration.ofMinutes(10))).isEqualTo(Verdict.REPAIR);
    }

    @Test
    void oneDiskDoesNotPauseAnother() {
        repair(3, Duration.ZERO);
        assertThat(ledger.judge(CGROUP, Examples.OTHER_DISK, 1)).isEqualTo(Verdict.REPAIR);
    }
}
