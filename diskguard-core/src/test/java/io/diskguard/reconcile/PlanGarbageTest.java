/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import io.diskguard.model.CgroupPath;
import io.diskguard.model.DeviceLimits;
import io.diskguard.model.Disk;
import io.diskguard.model.DiskUse;
import io.diskguard.policy.PolicyChain;
import java.lang.management.ManagementFactory;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A node plans a thousand containers again and again: what a plan without anything to do leaves to the collector. */
class PlanGarbageTest {
    private static final int CONTAINERS = 1000;
    private static final long BYTES_MAX = 950_000;

    private final Decider decider = Decider.of(PolicyChain.of(Examples.config(), List.of()));

    @Test
    void aPlanWithNothingToDoLeavesLittle() {
        assertThat(garbage(observations(Map.of()))).isLessThanOrEqualTo(BYTES_MAX);
    }

    @Test
    void annotationsAreNoMoreThanThat() {
        var annotations = Map.of("iops-limit/read-iops", "800", "iops-limit/write-bps", "50Mi");
        assertThat(garbage(observations(annotations))).isLessThanOrEqualTo(BYTES_MAX);
    }

    /** Bytes of one plan, before a compiler may find that some are not needed. */
    private long garbage(List<Observation> observations) {
        assumeTrue(ManagementFactory.getThreadMXBean() instanceof ThreadMXBean, "not a HotSpot JVM");
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        for (var round = 0; round < 3; round++) {
            assertThat(Reconciler.plan(observations, decider).actions()).isEmpty();
        }
        var before = threads.getCurrentThreadAllocatedBytes();
        Reconciler.plan(observations, decider);
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    private List<Observation> observations(Map<String, String> annotations) {
        var pods = Collections.nCopies(CONTAINERS, Examples.pod(annotations));
        return IntStream.range(0, CONTAINERS)
                .mapToObj(i -> observation(new Target(
                        pods.get(i), pods.get(i).containers().stream().findFirst(), new CgroupPath("/kubepods/c" + i))))
                .toList();
    }

    private Observation observation(Target target) {
        var disks = List.of(new Disk(Examples.DISK, "sda"), new Disk(Examples.OTHER_DISK, "sdb"));
        var limits = DeviceLimits.NONE;
        var mark = Mark.NONE;
        for (var disk : disks) {
            var limit = decider.decide(target.pod(), target.container(), DiskUse.guarded(disk))
                    .limit();
            limits = limits.with(disk.id(), limit);
            mark = mark.with(
                    disk.id(), Examples.mark(disk.id(), limit).get(disk.id()).orElseThrow());
        }
        return new Observation(
                target, new Uses(disks.stream().map(DiskUse::guarded).toList(), true, false), limits, mark);
    }
}
