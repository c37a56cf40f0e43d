/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.benchmarks.library;

import io.diskguard.DiskGuard;
import io.diskguard.benchmarks.host.Interruption;
import io.diskguard.benchmarks.host.LoopDisk;
import io.diskguard.benchmarks.result.Budget;
import io.diskguard.benchmarks.result.Lines;
import io.diskguard.benchmarks.result.Sheet;
import io.diskguard.benchmarks.result.Statistics;
import io.diskguard.cgroup.tree.KubepodsTree;
import io.diskguard.cgroup.v1.BlkioThrottleDriverFactory;
import io.diskguard.config.GuardConfig;
import io.diskguard.model.CgroupPath;
import io.diskguard.model.Container;
import io.diskguard.model.ContainerId;
import io.diskguard.model.ContainerKind;
import io.diskguard.model.DeviceId;
import io.diskguard.model.IoLimit;
import io.diskguard.model.LimitKey;
import io.diskguard.model.Pod;
import io.diskguard.model.QosClass;
import io.diskguard.model.Rate;
import io.diskguard.spi.CgroupDriver;
import io.diskguard.spi.Environment;
import io.diskguard.spi.LimitPolicy;
import io.diskguard.spi.PodSource;
import io.diskguard.spi.RuntimeResolver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/** From the mkdir of a container's cgroup until the whole engine's limit can be read in the kernel. */
final class TimeToLimitBenchmark {
    private static final int PODS = 250;
    private static final int WARM_UP = 50;
    private static final int CONTAINERS = Sheet.isQuick() ? 50 : 250;
    private static final int ROUNDS = Sheet.isQuick() ? 1 : 5;
    private static final long GIVE_UP = Duration.ofSeconds(5).toNanos();
    private static final String CONTAINER = "0123456789abcdef".repeat(4);

    private TimeToLimitBenchmark() {}

    public static void main(String[] args) throws IOException {
        var environment = Environment.system();
        var root = CgroupPath.ROOT.child("diskguard-benchmark").child("kubepods");
        var made = new ArrayList<Path>();
        Interruption.undoes();
        try (var sheet = new Sheet("TimeToLimit");
                var driver = new BlkioThrottleDriverFactory().create(environment);
                var disk = LoopDisk.make()) {
            try {
                var pods = pods();
                mkdir(driver, root.parent().orElseThrow(), made);
                mkdir(driver, root, made);
                for (var pod : pods) {
                    mkdir(driver, cgroup(root, pod), made);
                }
                // Every container is to have the same
                judge(sheet, "a uniform pod", measure(environment, driver, disk, root, pods, Map.of()));
                // One container of each pod is to have other numbers
                judge(
                        sheet,
                        "the runtime asked by id",
                        measure(environment, driver, disk, root, pods, Map.of("sidecar", 300L)));
            } finally {
                for (int i = made.size() - 1; i >= 0; i--) {
                    Files.delete(made.get(i));
                }
            }
        }
    }

    private static void judge(Sheet sheet, String which, double[][] rounds) {
        var what = "mkdir of a container's cgroup to its limit in the kernel, " + which + ": ";
        var medians = Arrays.stream(rounds).mapToDouble(Statistics::median).toArray();
        var tails = Arrays.stream(rounds)
                .mapToDouble(round -> Statistics.percentile(round, 0.99))
                .toArray();
        sheet.measured(new Budget("4", what + "p50", "ms", 5, 1), medians);
        sheet.measured(new Budget("4", what + "p99", "ms", 20, 5), tails);
    }

    /** Milliseconds of each container, by rounds. */
    private static double[][] measure(
            Environment environment,
            CgroupDriver driver,
            LoopDisk disk,
            CgroupPath root,
            List<Pod> pods,
            Map<String, Long> apart)
            throws IOException {
        var took = new double[ROUNDS][CONTAINERS];
        try (var tree = KubepodsTree.open(driver.hierarchy());
                var watch = tree.watch(List.of(root));
                var source = new FixedPods(pods);
                var guard = DiskGuard.builder()
                        .environment(environment)
                        .config(config(disk))
                        .driver(driver)
                        .pods(source)
                        .podCgroups(tree)
                        .policy(new ByName(apart))
                        .runtime(new NamingRuntime())
                        .build()) {
            watch.start(task -> new Thread(task, "diskguard-watch"));
            guard.start();
            for (int i = -WARM_UP; i < ROUNDS * CONTAINERS; i++) {
                var pod = cgroup(root, pods.get(Math.floorMod(i, PODS)));
                double millis = once(environment, driver, pod.child(CONTAINER), disk.device());
                if (i >= 0) {
                    took[i / CONTAINERS][i % CONTAINERS] = millis;
                }
            }
            Lines.print(
                    "%d rounds of %d containers, %d pods known, watch polling: %s",
                    ROUNDS, CONTAINERS, PODS, watch.polling());
        }
        return took;
    }

    private static double once(Environment environment, CgroupDriver driver, CgroupPath container, DeviceId device)
            throws IOException {
        var directory = Path.of(driver.hierarchy().mountPoint() + container.value());
        long start = environment.ticker().nanos();
        Files.createDirectory(directory);
        try {
            while (!(driver.read(container) instanceof CgroupDriver.ReadResult.Found found)
                    || found.limits().get(device).isUnlimited()) {
                if (environment.ticker().nanos() - start > GIVE_UP) {
                    throw new IllegalStateException("no limit after 5 s in " + directory);
                }
                // Lets the engine have the other processor's share, too
                Thread.yield();
            }
            return (environment.ticker().nanos() - start) / 1e6;
        } finally {
            Files.delete(directory);
        }
    }

    private static GuardConfig config(LoopDisk disk) {
        var rate = Rate.perSecond(500);
        return GuardConfig.builder()
                .defaultLimit(new IoLimit(rate, rate, Rate.UNLIMITED, Rate.UNLIMITED))
                .mounts()
                .devices(disk.device().toString())
                .stateDir(Path.of(System.getProperty("java.io.tmpdir"), "diskguard-benchmark"))
                .cgroupVersion(GuardConfig.CgroupVersion.V1)
                .build();
    }

    private static List<Pod> pods() {
        var pods = new ArrayList<Pod>();
        for (int i = 0; i < PODS; i++) {
            // An id of another container: the scheme is known, the new container is not in the status yet
            var id = new ContainerId("containerd", "f".repeat(64));
            var main = new Container("main", "image", ContainerKind.MAIN, Optional.empty());
            var sidecar = new Container("sidecar", "image", ContainerKind.MAIN, Optional.of(id));
            pods.add(new Pod(
                    UUID.randomUUID().toString(),
                    "bench",
                    "pod-" + i,
                    QosClass.GUARANTEED,
                    Map.of(),
                    Map.of(),
                    List.of(main, sidecar)));
        }
        return pods;
    }

    private static CgroupPath cgroup(CgroupPath root, Pod pod) {
        return root.child("pod" + pod.uid());
    }

    private static void mkdir(CgroupDriver driver, CgroupPath cgroup, List<Path> made) throws IOException {
        made.add(Files.createDirectory(Path.of(driver.hierarchy().mountPoint() + cgroup.value())));
    }

    /** Other write operations a second for containers of some names. */
    private record ByName(Map<String, Long> wiops) implements LimitPolicy {
        @Override
        public Phase phase() {
            return Phase.TIGHTEN;
        }

        @Override
        public int order() {
            return 0;
        }

        @Override
        public String name() {
            return "by-name";
        }

        @Override
        public Proposal propose(Subject subject) {
            return subject.container()
                    .map(container -> wiops.get(container.name()))
                    .map(value -> new Proposal(
                            Map.of(LimitKey.WIOPS, new Proposed(Rate.perSecond(value), name())), List.of()))
                    .orElse(Proposal.ABSTAIN);
        }
    }

    /** Answers at once: what a runtime itself takes is not ours to measure. */
    private record NamingRuntime() implements RuntimeResolver {
        @Override
        public Resolution resolve(ContainerId id) {
            return id.id().equals(CONTAINER)
                    ? new Resolution.Found(
                            CgroupPath.ROOT, Optional.of("main"), Optional.empty(), Optional.empty(), false)
                    : new Resolution.Gone();
        }

        @Override
        public void close() {}
    }

    private record FixedPods(List<Pod> pods) implements PodSource {
        @Override
        public Snapshot snapshot() {
            return new Snapshot.Synced(pods);
        }

        @Override
        public void onChange(Consumer<String> uid) {}

        @Override
        public void close() {}
    }
}
