/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.cgroup.v1;

import io.diskguard.testkit.IoStatsFixture;
import io.diskguard.testkit.IoStatsSourceTck;
import io.diskguard.testkit.SimulatedIoStats;
import org.junit.jupiter.api.Nested;

class BlkioThrottleStatsTckTest {
    @Nested
    class BeforeLinux610 extends IoStatsSourceTck {
        @Override
        protected IoStatsFixture openFixture() {
            return SimulatedIoStats.countingV1(BlkioThrottleStats::new);
        }
    }

    /** Where nothing is counted on a disk before a rule was written for it. */
    @Nested
    class FromLinux610 extends IoStatsSourceTck {
        @Override
        protected IoStatsFixture openFixture() {
            return SimulatedIoStats.v1(BlkioThrottleStats::new);
        }
    }
}
