/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.benchmarks;

import com.sun.management.ThreadMXBean;
import io.diskguard.config.GuardConfig;
import io.diskguard.model.CgroupPath;
import io.diskguard.model.Container;
import io.diskguard.model.ContainerId;
import io.diskguard.model.ContainerKind;
import io.diskguard.model.DeviceId;
import io.diskguard.model.DeviceLimits;
import io.diskguard.model.Disk;
import io.diskguard.model.DiskUse;
import io.diskguard.model.Pod;
import io.diskguard.model.QosClass;
import io.diskguard.policy.PolicyChain;
import io.diskguard.reconcile.Decider;
import io.diskguard.reconcile.Mark;
import io.diskguard.reconcile.Observation;
import io.diskguard.reconcile.Reconciler;
import io.diskguard.reconcile.Target;
import io.diskguard.reconcile.Uses;
import io.diskguard.spi.LimitPolicy.Subject;
import io.diskguard.spi.Ticker;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A full plan for 250 pods with 1,000 containers on 2 disks where nothing has to change: time and garbage. */
final class PlanBenchmark {
    private static final int PODS = 250;
    private static final int CONTAINERS = 4;
    private static final int WARM_UP = 300;
    private static final int ROUNDS = 101;
    private static final List<Disk> DISKS =
            List.of(new Disk(new DeviceId(259, 0), "nvme0n1"), new Disk(new DeviceId(253, 1), "dm-1"));
    private static final Uses USES =
            new Uses(DISKS.stream().map(DiskUse::guarded).toList(), true, false);
    private static final Instant LONG_AGO = Instant.EPOCH;

    private PlanBenchmark() {}

    public static void main(String[] args) {
        var config = GuardConfig.defaults();
        measure("no annotations", config, Map.of());
        measure("two annotations each", config, Map.of("iops-limit/read-iops", "800", "iops-limit/write-bps", "50Mi"));
    }

    private static void measure(String what, GuardConfig config, Map<String, String> annotations) {
        var policies = PolicyChain.of(config, List.of());
        var decider = Decider.of(policies);
        var observations = observations(policies, annotations);
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        var ticker = Ticker.system();
        var millis = new double[ROUNDS];
        var kilobytes = new double[ROUNDS];
        for (int round = -WARM_UP; round < ROUNDS; round++) {
            var bytes = threads.getCurrentThreadAllocatedBytes();
            var start = ticker.nanos();
            var plan = Reconciler.plan(observations, decider);
            var end = ticker.nanos();
            if (!plan.isEmpty()) {
                throw new IllegalStateException("there was nothing to do, planned was " + plan);
            }
            if (round >= 0) {
                millis[round] = (end - start) / 1e6;
                kilobytes[round] = (threads.getCurrentThreadAllocatedBytes() - bytes) / 1e3;
            }
        }
        Verdict.line(
                "%s: median %.2f ms, %.2f to %.2f in %d rounds",
                what, Verdict.median(millis), Verdict.percentile(millis, 0), Verdict.percentile(millis, 1), ROUNDS);
        Verdict.judge(what + ", ms", Verdict.median(millis), 5, 1);
        Verdict.judge(what + ", kB of garbage", Verdict.median(kilobytes), 1000, 1000);
    }

    private static List<Observation> observations(PolicyChain policies, Map<String, String> annotations) {
        var observations = new ArrayList<Observation>();
        for (int p = 0; p < PODS; p++) {
            var containers = new ArrayList<Container>();
            for (int c = 0; c < CONTAINERS; c++) {
                var id = new ContainerId("containerd", "%032x%032x".formatted(p, c));
                containers.add(
                        new Container("main-" + c, "registry.example/app:1", ContainerKind.MAIN, Optional.of(id)));
            }
            var labels = Map.of("app", "app-" + p, "tier", "backend");
            var pod = new Pod("uid-" + p, "shop", "app-" + p, QosClass.BURSTABLE, labels, annotations, containers);
            pod.containers().forEach(container -> observations.add(observation(policies, pod, container)));
        }
        return observations;
    }

    private static Observation observation(PolicyChain policies, Pod pod, Container container) {
        var cgroup = new CgroupPath("/kubepods/pod" + pod.uid() + "/" + container.name());
        var limits = DeviceLimits.NONE;
        var mark = Mark.NONE;
        for (var disk : DISKS) {
            var limit = policies.decide(new Subject(pod, Optional.of(container), DiskUse.guarded(disk)))
                    .limit();
            limits = limits.with(disk.id(), limit);
            mark = mark.with(disk.id(), new Mark.Entry(limit, "benchmark", Optional.empty(), LONG_AGO));
        }
        return new Observation(new Target(pod, Optional.of(container), cgroup), USES, limits, mark);
    }
}
