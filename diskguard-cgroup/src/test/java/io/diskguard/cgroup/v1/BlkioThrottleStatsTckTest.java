/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.cgroup.v1;

import io.diskguard.testkit.IoStatsFixture;
import io.diskguard.testkit.IoStatsSourceTck;
import io.diskguard.testkit.SimulatedIoStats;

class BlkioThrottleStatsTckTest extends IoStatsSourceTck {
    @Override
    protected IoStatsFixture openFixture() {
        return SimulatedIoStats.countingV1(BlkioThrottleStats::new);
    }
}
