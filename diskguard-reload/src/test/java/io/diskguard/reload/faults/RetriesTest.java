/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.reload.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.spi.CgroupDriver;
import io.diskguard.spi.CgroupDriver.ApplyResult;
import io.diskguard.spi.Errno;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What fails is tried again: soon at first, ever later, at most a resync apart, and not by the beat. */
class RetriesTest {
    private static final Duration CAP = Duration.ofSeconds(30);
    private static final Duration BASE = Duration.ofMillis(20);

    @Test
    void backOffToTheIntervalOfTheResync() {
        var gaps = gaps();

        assertThat(gaps.get(0)).isBetween(BASE.dividedBy(2), BASE.plusMillis(5));
        assertThat(gaps).allSatisfy(gap -> assertThat(gap).isLessThanOrEqualTo(CAP.plusSeconds(1)));
        assertThat(gaps).as("tries in ten minutes").hasSizeBetween(20, 80);
    }

    @Test
    void areNotByTheBeat() {
        assertThat(new HashSet<>(gaps())).isNotEqualTo(new HashSet<>(gaps()));
    }

    private static List<Duration> gaps() {
        try (var scene = new Scene(Kernel.V2).settle()) {
            var tries = new ArrayList<Long>();
            scene.plan.at(CgroupDriver.class, "apply", call -> call.toString().contains("x-ill"), call -> {
                tries.add(scene.node.clock().nanos());
                return new ApplyResult.Rejected(Errno.OTHER, "broken for the test");
            });
            scene.change().drive(Duration.ofMinutes(10));
            return IntStream.range(1, tries.size())
                    .mapToObj(i -> Duration.ofNanos(tries.get(i) - tries.get(i - 1)))
                    .toList();
        }
    }
}
