/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.cgroup.v2;

import io.diskguard.testkit.IoStatsFixture;
import io.diskguard.testkit.IoStatsSourceTck;
import io.diskguard.testkit.SimulatedIoStats;

class IoStatTckTest extends IoStatsSourceTck {
    @Override
    protected IoStatsFixture openFixture() {
        return SimulatedIoStats.v2(IoStat::new);
    }
}
