/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.model.CgroupPath;
import io.diskguard.model.DeviceId;
import io.diskguard.model.Disk;
import io.diskguard.model.DiskUse;
import io.diskguard.model.IoLimit;
import io.diskguard.model.LimitKey;
import io.diskguard.model.Pod;
import io.diskguard.model.Rate;
import io.diskguard.policy.Decision;
import io.diskguard.reconcile.Action;
import io.diskguard.reconcile.Explanation;
import io.diskguard.reconcile.PodRun;
import io.diskguard.reconcile.Target;
import io.diskguard.testkit.Pods;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TimingsTest {
    private static final Disk DISK = new Disk(new DeviceId(8, 0), "sda");
    private static final IoLimit FOREIGN = IoLimit.UNLIMITED.with(LimitKey.WIOPS, Rate.perSecond(7));

    private final Pod pod = Pods.pod("db").container("app").build();
    private final Target target =
            new Target(pod, Optional.of(pod.containers().get(0)), new CgroupPath("/kubepods/db/app"));
    private long now;
    private final Timings timings = new Timings(() -> now);

    @Test
    void cgroupsOfPodsThatNobodyKnowsDoNotEndTheMeasuring() {
        for (var i = 0; i < 2 * Timings.MOST; i++) {
            timings.appeared("strange-" + i);
        }
        timings.appeared(pod.cgroupUid());

        timings.limitApplied(applied());

        assertThat(measured()).isEqualTo(1);
    }

    @Test
    void whatSomebodyElseLimitsIsNotWaitedFor() {
        timings.appeared(pod.cgroupUid());
        now = Duration.ofMillis(1).toNanos();
        timings.podReconciled(new PodRun(pod, List.of(foreign()), 0, Duration.ZERO));
        now = Duration.ofHours(5).toNanos();

        timings.limitApplied(applied());

        assertThat(measured()).as("the owner asked for a limit hours later").isZero();
    }

    private Explanation.Row foreign() {
        return new Explanation.Row(
                target, DiskUse.guarded(DISK), Decision.unlimited("none"), Optional.of(FOREIGN), Optional.empty());
    }

    private Action.Apply applied() {
        return new Action.Apply(target, DISK.id(), IoLimit.UNLIMITED, Decision.unlimited("none"), Action.Cause.NEW);
    }

    private long measured() {
        return Arrays.stream(timings.all().get(1).counts()).sum();
    }
}
