/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.e2e.scenarios.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.DiskGuard;
import io.diskguard.DiskGuardBuilder;
import io.diskguard.cgroup.tree.KubepodsTree;
import io.diskguard.cgroup.v2.IoMaxDriver;
import io.diskguard.config.GuardConfig;
import io.diskguard.config.GuardConfigBuilder;
import io.diskguard.e2e.scenarios.machine.Cgroups;
import io.diskguard.model.CgroupPath;
import io.diskguard.model.Container;
import io.diskguard.model.ContainerId;
import io.diskguard.model.ContainerKind;
import io.diskguard.model.DeviceId;
import io.diskguard.model.IoLimit;
import io.diskguard.model.LimitKey;
import io.diskguard.model.Pod;
import io.diskguard.model.Rate;
import io.diskguard.spi.CgroupDriver.ReadResult;
import io.diskguard.spi.Environment;
import io.diskguard.spi.RuntimeResolver;
import io.diskguard.testkit.Pods;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;

/** The engine on this kernel as an embedder has it: pods that a test gives, their cgroups in the kubelet's layout, one disk. */
final class Guarded implements AutoCloseable {
    /** What every container may write a second where its pod does not say it. */
    static final long USUAL = 500;

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Cgroups cgroups;
    private final DeviceId disk;
    private final IoMaxDriver driver;
    private final KubepodsTree tree;
    private final GivenPods pods = new GivenPods();
    private final Heard heard = new Heard();
    private final DiskGuard guard;

    /** @param watched whether the kernel tells of new cgroups */
    Guarded(
            Cgroups cgroups,
            DeviceId disk,
            Duration resync,
            boolean watched,
            UnaryOperator<GuardConfigBuilder> config,
            UnaryOperator<DiskGuardBuilder> more) {
        this.cgroups = cgroups;
        this.disk = disk;
        this.driver = new IoMaxDriver(cgroups.fs());
        this.tree = KubepodsTree.open(cgroups.fs());
        if (watched) {
            tree.watch(List.of(cgroups.parent())).start(task -> new Thread(task, "diskguard-watch"));
        }
        var usual = GuardConfig.builder()
                .defaultLimit(writes(USUAL))
                .mounts()
                .devices(disk.toString())
                .checkInterval(resync)
                .stateDir(Path.of(System.getProperty("java.io.tmpdir"), "state"));
        this.guard = more.apply(DiskGuard.builder()
                        .environment(Environment.system())
                        .config(config.apply(usual).build())
                        .driver(driver)
                        .pods(pods)
                        .podCgroups(tree)
                        .runtime(new Runtime())
                        .listener(heard))
                .build();
    }

    static Guarded on(Cgroups cgroups, Duration resync) {
        return new Guarded(cgroups, cgroups.disk(), resync, true, config -> config, guard -> guard);
    }

    /** Unlimited but for writes. */
    static IoLimit writes(long aSecond) {
        return IoLimit.UNLIMITED.with(LimitKey.WIOPS, Rate.perSecond(aSecond));
    }

    /** A pod with one container, whose id is told if it runs. */
    static Pod pod(int number, Optional<ContainerId> running) {
        return pod(number, USUAL, running);
    }

    static Pod pod(int number, long writes, Optional<ContainerId> running) {
        return Pods.pod("pod-" + number)
                .uid(Kubelet.uid(number))
                .annotation("iops-limit/write-iops", Long.toString(writes))
                .container(new Container("main", "registry.example/main:1", ContainerKind.MAIN, running))
                .build();
    }

    DiskGuard guard() {
        return guard;
    }

    GivenPods pods() {
        return pods;
    }

    IoMaxDriver driver() {
        return driver;
    }

    Heard heard() {
        return heard;
    }

    KubepodsTree tree() {
        return tree;
    }

    /** The disk's limit that the kernel has for the cgroup; empty if it cannot be read. */
    Optional<IoLimit> limit(CgroupPath cgroup) {
        return driver.read(cgroup) instanceof ReadResult.Found found
                ? Optional.of(found.limits().get(disk))
                : Optional.empty();
    }

    /** Waits until the kernel has it; returns how long that took. */
    Duration awaitLimit(CgroupPath cgroup, IoLimit expected) {
        var begin = System.nanoTime();
        Awaitility.await("limit " + expected + " of " + cgroup)
                .atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(10))
                .untilAsserted(() -> assertThat(limit(cgroup)).contains(expected));
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    /** Waits until the engine has told something of that kind of each of so many. */
    void awaitTold(String kind, int times) {
        Awaitility.await(times + " times " + kind)
                .atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(20))
                .untilAsserted(() -> assertThat(heard.told(kind)).hasSizeGreaterThanOrEqualTo(times));
    }

    @Override
    public void close() {
        guard.close();
        tree.close();
        driver.close();
        heard.close();
    }

    /** Every container is its pod's only one. */
    private record Runtime() implements RuntimeResolver {
        @Override
        public Resolution resolve(ContainerId id) {
            return new Resolution.Found(
                    CgroupPath.ROOT, Optional.of("main"), Optional.empty(), Optional.empty(), false);
        }

        @Override
        public void close() {}
    }
}
