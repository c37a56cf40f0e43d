/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.reload.faults;

import static io.diskguard.testkit.Pods.idOf;

import io.diskguard.DiskGuard;
import io.diskguard.DiskGuardBuilder;
import io.diskguard.cgroup.tree.CgroupTreeWatch;
import io.diskguard.cgroup.tree.KubepodsTree;
import io.diskguard.config.ConfigLoader;
import io.diskguard.config.ConfigResult;
import io.diskguard.config.EnvironmentConfigSource;
import io.diskguard.config.GuardConfig;
import io.diskguard.model.CgroupPath;
import io.diskguard.model.Container;
import io.diskguard.model.ContainerId;
import io.diskguard.model.ContainerKind;
import io.diskguard.model.DeviceId;
import io.diskguard.model.Disk;
import io.diskguard.model.IoLimit;
import io.diskguard.model.LimitKey;
import io.diskguard.model.Rate;
import io.diskguard.reconcile.DiskGuardListener;
import io.diskguard.simulator.Load;
import io.diskguard.simulator.SimulatedDisk;
import io.diskguard.simulator.SimulatedMount;
import io.diskguard.simulator.SimulatedNode;
import io.diskguard.smart.SmartKeeper;
import io.diskguard.spi.CgroupDriver;
import io.diskguard.spi.CgroupFs;
import io.diskguard.spi.ContainerDisks;
import io.diskguard.spi.IoSignals;
import io.diskguard.spi.IoStatsSource;
import io.diskguard.spi.LimitEscapes;
import io.diskguard.spi.LimitPolicy;
import io.diskguard.spi.PodCgroups;
import io.diskguard.spi.PodSource;
import io.diskguard.spi.RuntimeResolver;
import io.diskguard.spi.StateStore;
import io.diskguard.testkit.Pods;
import io.diskguard.testkit.fault.FaultPlan;
import io.diskguard.testkit.fault.Faulty;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * A simulated node whose guard is put together as an embedder does, with a fault possible at every border. Pods named
 * {@code ok-…} are those that nothing is to happen to; at those named {@code x-…} things go wrong.
 */
final class Scene implements AutoCloseable {
    static final DeviceId DISK = new DeviceId(259, 0);
    static final Disk NVME = new Disk(DISK, "nvme0n1");
    /** Who is at the fault. */
    static final String ILL = "x-";

    static final String WELL = "ok-";
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);

    /** What goes wrong. */
    final FaultPlan plan = new FaultPlan();

    final SimulatedNode node;
    final Ledger ledger;
    final Heard heard = new Heard();
    final DiskGuard guard;
    final GuardConfig config;
    final Map<ContainerId, RuntimeResolver.Resolution> containers = new HashMap<>();
    final KubepodsTree tree;
    final CgroupTreeWatch watch;
    int failedTurns;
    private final Map<String, String> special;
    private boolean blind;

    Scene(Kernel kernel) {
        this(kernel, new FaultPlan(), Map.of(), parts -> parts);
    }

    /** Where smart limit asks for the pressure, of which there is none. */
    static Scene underPressure(Kernel kernel) {
        return new Scene(kernel, new FaultPlan(), Map.of("SMART_LIMIT_ONLY_UNDER_PRESSURE", "true"), parts -> parts);
    }

    /** With what goes wrong while it is put together, and on until that is ended. */
    static Scene startingWith(FaultPlan atStart) {
        return new Scene(Kernel.V2, atStart, Map.of(), parts -> parts);
    }

    /** With other parts. */
    static Scene with(UnaryOperator<DiskGuardBuilder> parts) {
        return new Scene(Kernel.V2, new FaultPlan(), Map.of(), parts);
    }

    private Scene(Kernel kernel, FaultPlan atStart, Map<String, String> keys, UnaryOperator<DiskGuardBuilder> parts) {
        node = kernel.node();
        node.addDisk(SimulatedDisk.nvme(NVME.name(), DISK, "S1"));
        node.mount(SimulatedMount.of("/data", DISK, "ext4", "/dev/" + NVME.name()));
        node.cgroups().makeAll(Troubles.NOWHERE);
        ledger = new Ledger(node.driver(), DISK);
        var watched = new FaultPlan();
        for (var change : List.of("write", "setAttribute", "removeAttribute")) {
            watched.at(CgroupFs.class, change, call -> {
                var answer = call.proceed();
                ledger.look(call.argument(CgroupPath.class).orElseThrow());
                return answer;
            });
        }
        special = keys;
        config = config(Map.of());
        var real = Faulty.of(CgroupFs.class, node.cgroups(), watched);
        var fs = faulty(CgroupFs.class, real, atStart);
        tree = KubepodsTree.open(fs);
        var builder = DiskGuard.builder()
                .environment(node.environment())
                .config(config)
                .driver(faulty(CgroupDriver.class, kernel.driver(fs), atStart))
                .pods(faulty(PodSource.class, node.pods(), atStart))
                .podCgroups(faulty(PodCgroups.class, tree, atStart))
                .runtime(faulty(RuntimeResolver.class, new Runtime(containers), atStart))
                .containerDisks(faulty(ContainerDisks.class, Borders::disks, atStart))
                .escapes(faulty(LimitEscapes.class, Borders::escapes, atStart))
                .policy(faulty(LimitPolicy.class, new Tight(), atStart))
                .stats(faulty(IoStatsSource.class, kernel.stats(fs), atStart))
                .signals(faulty(
                        IoSignals.class, kernel.signals(node.environment().paths(), fs), atStart))
                .state(faulty(StateStore.class, node.state(), atStart))
                .smart(SmartKeeper::of)
                .listener(faulty(DiskGuardListener.class, DiskGuardListener.NOOP, atStart))
                .listener(heard.listener())
                .threads(task -> {
                    var thread = new Thread(task, "loop-at-fault");
                    thread.setDaemon(true);
                    return thread;
                });
        guard = parts.apply(builder).build();
        watch = tree.watch(List.of());
    }

    private <T> T faulty(Class<T> port, T real, FaultPlan atStart) {
        return Faulty.of(port, Faulty.of(port, real, plan), atStart);
    }

    private GuardConfig config(Map<String, String> changed) {
        var keys = new TreeMap<>(Map.of(
                "DATA_MOUNT", "/data",
                "CONTAINER_IOPS_LIMIT", "0",
                "CONTAINER_WRITE_IOPS_LIMIT", "500",
                "CHECK_INTERVAL", "30",
                "SMART_LIMIT_ENABLED", "true",
                "SMART_LIMIT_MONITOR_INTERVAL", "20",
                "SMART_LIMIT_HISTORY_WINDOW", "1",
                "SMART_LIMIT_HIGH_IO_THRESHOLD", "450",
                "SMART_LIMIT_REMOVE_IO_THRESHOLD", "10"));
        keys.putAll(special);
        keys.putAll(changed);
        var loaded = ConfigLoader.load(List.of(new EnvironmentConfigSource(keys)));
        if (!(loaded instanceof ConfigResult.Valid valid)) {
            throw new IllegalArgumentException(loaded.toString());
        }
        var state = node.environment().paths().proc().resolveSibling("state");
        return valid.config().toBuilder().stateDir(state).build();
    }

    /** All pods, and their limits: there before anything goes wrong. */
    Scene settle() {
        run(Pods.pod("ok-calm").container("app"), 500);
        run(limited("ok-well", 200), 200);
        run(limited("x-ill", 70), 70);
        run(limited("x-free", 65), 65);
        run(limited("x-ghost", 75), 75);
        run(Pods.pod("x-tight").label("workload", "batch").container("app"), 100);
        settleOthers();
        run(Pods.pod("x-hot").container("app"), 500);
        if (config.smart().onlyUnderPressure().isEmpty()) {
            ledger.wantsAny(cgroup("x-hot"));
            node.load(idOf("x-hot", "app"), Load.writing(DISK, 900, 4096));
        }
        drive(Duration.ofSeconds(100));
        ledger.settle();
        return this;
    }

    /** Those of whom a runtime or a volume has to be known. */
    void settleOthers() {
        run(volume("x-vol", 80), 80);
        odd("x-odd");
        far("x-far", 40);
    }

    /** What happens on a node meanwhile. */
    Scene change() {
        run(limited("x-ill", 90), 90);
        run(limited("ok-well", 250), 250);
        run(Pods.pod("x-free").annotation("iops-limit/removed", "true").container("app"), IoLimit.UNLIMITED);
        run(volume("x-vol", 85), 85);
        run(Pods.pod("ok-fresh").container("app"), 500);
        odd("x-odd-2");
        far("x-far", 45);
        ghost();
        return this;
    }

    /** The pod is gone while its cgroup is still there. */
    private void ghost() {
        var at = cgroup("x-ghost");
        node.removePod("uid-x-ghost");
        node.cgroups().makeAll(at);
        ledger.wants(at, IoLimit.UNLIMITED);
    }

    static Pods limited(String name, long writes) {
        return Pods.pod(name)
                .annotation("iops-limit/write-iops", String.valueOf(writes))
                .container("app");
    }

    private static Pods volume(String name, long writes) {
        return Pods.pod(name)
                .annotation("iops-limit/policy", "[{\"volume\": \"data\", \"writeIops\": " + writes + "}]")
                .container(new Container(
                        "app", "image", ContainerKind.MAIN, Optional.of(idOf(name, "app")), List.of(Borders.MOUNT)));
    }

    /** Of the two containers one is there that the status does not name yet, and which it is decides. */
    private void odd(String name) {
        var a = idOf(name, "a");
        node.changePod(Pods.pod(name)
                .annotation("iops-limit/policy", "[{\"container\": \"a\", \"writeIops\": 60}]")
                .waitingContainer("a")
                .container("b")
                .build());
        var b = node.cgroupOf(idOf(name, "b")).orElseThrow();
        var at = b.parent().orElseThrow().child(a.id());
        ledger.wants(b, writes(500));
        ledger.wants(at, writes(60));
        runtimeHas(a, at, "a");
        node.cgroups().makeAll(at);
    }

    /** Its cgroup is somewhere else, as only the runtime knows. */
    private void far(String name, long writes) {
        var id = idOf(name, "app");
        var at = new CgroupPath("/machine/" + id.id());
        if (!node.cgroups().exists(at)) {
            runtimeHas(id, at, "app");
            node.cgroups().makeAll(at);
        }
        ledger.wants(at, writes(writes));
        node.changePod(limited(name, writes).build());
        node.cgroups().rmdirRecursive(node.cgroupOf(id).orElseThrow().parent().orElseThrow());
    }

    private void runtimeHas(ContainerId id, CgroupPath at, String name) {
        containers.put(
                id,
                new RuntimeResolver.Resolution.Found(at, Optional.of(name), Optional.empty(), Optional.empty(), false));
    }

    void run(Pods pod, long writes) {
        run(pod, writes(writes));
    }

    private void run(Pods pod, IoLimit limit) {
        var built = pod.build();
        var at = new CgroupPath("/kubepods/burstable/pod" + built.uid() + "/"
                + built.containers().get(0).id().orElseThrow().id());
        ledger.wants(at, limit);
        node.changePod(built);
    }

    /** The pod is another one now, of the same name. */
    void replaceIll() {
        if (node.cgroupOf(idOf("x-ill", "app")).isPresent()) {
            node.removePod("uid-x-ill");
            run(
                    Pods.pod("x-ill")
                            .uid("uid-x-ill-2")
                            .annotation("iops-limit/write-iops", "30")
                            .container(new Container(
                                    "app",
                                    "image",
                                    ContainerKind.MAIN,
                                    Optional.of(new ContainerId("containerd", "x-ill-app-2")))),
                    30);
        }
    }

    CgroupPath cgroup(String pod) {
        return node.cgroupOf(idOf(pod, "app")).orElseThrow();
    }

    static IoLimit writes(long value) {
        return IoLimit.UNLIMITED.with(LimitKey.WIOPS, Rate.perSecond(value));
    }

    /** Lets time pass, with a turn whenever one is due, as {@link DiskGuard#start} has it. */
    void drive(Duration time) {
        var clock = node.clock();
        var end = clock.nanos() + time.toNanos();
        while (clock.nanos() < end) {
            var next = Math.max(1_000_000, turn().toNanos());
            var step = Duration.ofNanos(Math.min(next, end - clock.nanos()));
            if (step.compareTo(AFTER_FAILURE) < 0) {
                clock.advance(step);
            } else {
                node.advance(step);
            }
        }
        turn();
    }

    Duration turn() {
        watchTurns();
        try {
            return guard.turn();
        } catch (RuntimeException | LinkageError | StackOverflowError | AssertionError e) {
            failedTurns++;
            heard.log("a turn failed: " + e);
            return AFTER_FAILURE;
        }
    }

    /** What the watch's own thread does; it ends where that ends. */
    private void watchTurns() {
        try {
            for (var i = 0; !blind && i < 100; i++) {
                if (!watch.turn(Duration.ZERO)) {
                    return;
                }
            }
        } catch (InterruptedException | RuntimeException | Error e) {
            blind = true;
            heard.log("the watch's thread ended: " + e);
        }
    }

    @Override
    public void close() {
        plan.end();
        guard.close();
        watch.close();
        tree.close();
        heard.close();
        node.close();
    }

    /** All that have the default are to have another one. */
    void reconfigure() {
        guard.reconfigure(config(Map.of("CONTAINER_WRITE_IOPS_LIMIT", "480")), () -> {});
        ledger.changeAll(writes(500), writes(480));
    }
}
