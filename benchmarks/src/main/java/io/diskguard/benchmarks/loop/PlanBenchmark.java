/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.benchmarks.loop;

import io.diskguard.benchmarks.result.Budget;
import io.diskguard.benchmarks.result.Sheet;
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
import io.diskguard.reconcile.Plan;
import io.diskguard.reconcile.Reconciler;
import io.diskguard.reconcile.Target;
import io.diskguard.reconcile.Uses;
import io.diskguard.spi.LimitPolicy.Subject;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A full plan for 250 pods with 1,000 containers on 2 disks where nothing has to change: time and garbage. Public for JMH. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class PlanBenchmark {
    private static final int PODS = 250;
    private static final int CONTAINERS = 4;
    private static final List<Disk> DISKS =
            List.of(new Disk(new DeviceId(259, 0), "nvme0n1"), new Disk(new DeviceId(253, 1), "dm-1"));
    private static final Uses USES =
            new Uses(DISKS.stream().map(DiskUse::guarded).toList(), true, false);
    private static final Instant LONG_AGO = Instant.EPOCH;

    /** Whether each pod has annotations. */
    @Param("false")
    public boolean annotated;

    private final PolicyChain policies = PolicyChain.of(GuardConfig.defaults(), List.of());
    private final Decider decider = Decider.of(policies);
    private final List<Observation> observations = new ArrayList<>();

    public static void main(String[] args) throws IOException {
        try (var sheet = new Sheet("Plan")) {
            for (var annotated : List.of(false, true)) {
                var forks = Forks.run(PlanBenchmark.class, Map.of("annotated", annotated.toString()));
                var what = "a full plan, nothing to do, " + (annotated ? "two annotations each" : "no annotations");
                sheet.measured(new Budget("3", what, "ms", 5, 1), forks.means());
                sheet.measured(
                        new Budget("3", what + ": garbage", "kB", 1000),
                        Arrays.stream(forks.garbage()).map(bytes -> bytes / 1e3).toArray());
            }
        }
    }

    @Setup
    public void observe() {
        Map<String, String> annotations =
                annotated ? Map.of("iops-limit/read-iops", "800", "iops-limit/write-bps", "50Mi") : Map.of();
        for (int p = 0; p < PODS; p++) {
            var containers = new ArrayList<Container>();
            for (int c = 0; c < CONTAINERS; c++) {
                var id = new ContainerId("containerd", "%032x%032x".formatted(p, c));
                containers.add(
                        new Container("main-" + c, "registry.example/app:1", ContainerKind.MAIN, Optional.of(id)));
            }
            var labels = Map.of("app", "app-" + p, "tier", "backend");
            var pod = new Pod("uid-" + p, "shop", "app-" + p, QosClass.BURSTABLE, labels, annotations, containers);
            pod.containers().forEach(container -> observations.add(observation(pod, container)));
        }
        if (!plan().isEmpty()) {
            throw new IllegalStateException("there was nothing to do, planned was " + plan());
        }
    }

    @Benchmark
    public Plan plan() {
        return Reconciler.plan(observations, decider);
    }

    private Observation observation(Pod pod, Container container) {
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
