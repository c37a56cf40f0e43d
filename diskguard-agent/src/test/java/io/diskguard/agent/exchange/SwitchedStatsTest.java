/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.model.CgroupPath;
import io.diskguard.model.DeviceId;
import io.diskguard.spi.IoStatsSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SwitchedStatsTest {
    private static final DeviceId DISK = new DeviceId(8, 0);

    @Test
    void aSourceThatTakesAnothersPlaceInTheMiddleOfARoundCountsOnTheSameDisks() {
        var other = new Source();
        var stats = new SwitchedStats(new Source());
        stats.startCounting(DISK);

        stats.to(other).put();

        assertThat(other.started).containsExactly(DISK);
    }

    private static final class Source implements IoStatsSource {
        private final List<DeviceId> started = new ArrayList<>();

        @Override
        public Sample sample(CgroupPath cgroup, Sink sink) {
            return new Sample.Unavailable("nothing is read");
        }

        @Override
        public Counting startCounting(DeviceId disk) {
            started.add(disk);
            return Counting.COUNTS;
        }

        @Override
        public void close() {}
    }
}
