/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.cgroup.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.model.CgroupPath;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PerCgroupTest {
    private final AtomicInteger made = new AtomicInteger();
    private final PerCgroup<Integer> entries = new PerCgroup<>(cgroup -> made.incrementAndGet());

    @Test
    void whatIsAskedForOnEveryTickIsMadeOnce() {
        for (var tick = 0; tick < 50; tick++) {
            for (var i = 0; i < 1000; i++) {
                entries.get(cgroup(i));
            }
        }

        assertThat(made).hasValue(1000);
    }

    @Test
    void cgroupsThatWentAreForgottenAsOthersCome() {
        for (var tick = 0; tick < 200; tick++) {
            for (var i = 0; i < 100; i++) {
                // One container in ten restarts at every tick
                entries.get(cgroup(i < 90 ? i : 1000 + tick * 10 + i - 90));
            }
        }

        assertThat(entries.size()).isLessThan(300);
        assertThat(made.get()).isLessThan(90 + 2000 + 90);
    }

    @Test
    void noMoreAreKeptThanANodeCanHave() {
        for (var i = 0; i < 20_000; i++) {
            entries.get(cgroup(i));
        }

        assertThat(entries.size()).isLessThanOrEqualTo(4096);
    }

    private static CgroupPath cgroup(int number) {
        return CgroupPath.ROOT.child("c" + number);
    }
}
