/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.cgroup.tree;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.model.CgroupPath;
import io.diskguard.simulator.SimulatedCgroupFs;
import io.diskguard.spi.CgroupWatch;
import io.diskguard.spi.FsResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CgroupTreeWatchTest {
    private final SimulatedCgroupFs fs = SimulatedCgroupFs.v1();

    @Test
    void aWatchThatFailsIsGivenUpForSearching() throws InterruptedException {
        var broken = new Broken();
        var threads = new ArrayList<Thread>();
        try (var watch = new CgroupTreeWatch(fs, KubepodsTree.open(fs), List.of(), Optional.of(broken))) {
            watch.open();
            assertThat(watch.polling()).isFalse();

            watch.start(task -> {
                threads.add(new Thread(task));
                return threads.get(0);
            });
            threads.get(0).join();

            assertThat(watch.polling()).isTrue();
            assertThat(watch.turn(Duration.ZERO)).isFalse();
            assertThat(broken.taken).isEqualTo(1);
        }
    }

    private static final class Broken implements CgroupWatch {
        private int taken;

        @Override
        public FsResult watch(CgroupPath cgroup) {
            return FsResult.OK;
        }

        @Override
        public Optional<Event> take(Duration atMost) {
            taken++;
            throw new IllegalStateException("broken");
        }

        @Override
        public void close() {}
    }
}
