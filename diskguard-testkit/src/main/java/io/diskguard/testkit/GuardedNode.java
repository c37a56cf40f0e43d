/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.testkit;

import io.diskguard.DiskGuard;
import io.diskguard.DiskGuardBuilder;
import io.diskguard.config.GuardConfig;
import io.diskguard.model.ContainerId;
import io.diskguard.model.DeviceId;
import io.diskguard.model.Disk;
import io.diskguard.model.IoCounters;
import io.diskguard.model.IoLimit;
import io.diskguard.model.LimitKey;
import io.diskguard.model.Pod;
import io.diskguard.reconcile.DiskGuardListener;
import io.diskguard.simulator.Load;
import io.diskguard.simulator.SimulatedDisk;
import io.diskguard.simulator.SimulatedMount;
import io.diskguard.simulator.SimulatedNode;
import io.diskguard.spi.CgroupDriver;
import io.diskguard.spi.CgroupDriver.ReadResult;
import io.diskguard.spi.LimitPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The real engine on a simulated node with one disk, {@code nvme0n1} at {@code /data}: for tests of policies and listeners,
 * without root and without Linux. Time passes only in {@link #pass}. Not thread-safe.
 */
public final class GuardedNode implements AutoCloseable {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Disk DISK = new Disk(new DeviceId(259, 0), "nvme0n1");

    private final SimulatedNode node;
    private final CgroupDriver driver;
    private final DiskGuard guard;

    private GuardedNode(SimulatedNode node, GuardConfig config, UnaryOperator<DiskGuardBuilder> more) {
        this.node = node;
        this.driver = node.driver();
        node.addDisk(SimulatedDisk.nvme(DISK.name(), DISK.id(), "S1"));
        node.mount(SimulatedMount.of("/data", DISK.id(), "ext4", "/dev/" + DISK.name()));
        var builder = DiskGuard.builder()
                .environment(node.environment())
                .config(config.toBuilder()
                        .stateDir(node.environment().paths().proc().resolveSibling("state"))
                        .build())
                .driver(driver)
                .pods(node.pods())
                .podCgroups(node.podCgroups())
                .stats(node.stats())
                .state(node.state());
        this.guard = more.apply(builder).build();
    }

    /** With the default configuration, 500 operations a second in each direction, and these policies beside the built-in ones. */
    public static GuardedNode with(LimitPolicy... policies) {
        return with(GuardConfig.defaults(), DiskGuardListener.NOOP, policies);
    }

    /** With this configuration, whose state directory is replaced, and a listener. */
    public static GuardedNode with(GuardConfig config, DiskGuardListener listener, LimitPolicy... policies) {
        return with(config, builder -> {
            List.of(policies).forEach(builder::policy);
            return builder.listener(listener);
        });
    }

    /** With this configuration, whose state directory is replaced, and whatever else the builder takes. */
    public static GuardedNode with(GuardConfig config, UnaryOperator<DiskGuardBuilder> more) {
        return new GuardedNode(SimulatedNode.v2(), config, more);
    }

    /** The node, to plug in more disks, mount volumes and let things go wrong. */
    public SimulatedNode node() {
        return node;
    }

    /** The engine, to explain. */
    public DiskGuard guard() {
        return guard;
    }

    /** The node's disk. */
    public Disk disk() {
        return DISK;
    }

    /** Starts pods, or replaces those of the same uid. */
    public GuardedNode run(Pod... pods) {
        for (var pod : pods) {
            node.changePod(pod);
        }
        return this;
    }

    /** From now on the container tries to write so often a second, 4 KiB each time, as far as it is let. */
    public GuardedNode writes(ContainerId container, long operations) {
        node.load(container, Load.writing(DISK.id(), operations, 4096));
        return this;
    }

    /** Lets time pass, with a turn of the engine at each second. */
    public GuardedNode pass(Duration time) {
        for (var passed = Duration.ZERO; passed.compareTo(time) < 0; passed = passed.plus(SECOND)) {
            guard.turn();
            node.advance(SECOND);
        }
        return this;
    }

    /** The limit that the kernel has for the container. */
    public IoLimit limitOf(ContainerId container) {
        var cgroup =
                node.cgroupOf(container).orElseThrow(() -> new IllegalArgumentException(container + " does not run"));
        if (driver.read(cgroup) instanceof ReadResult.Found found) {
            return found.limits().get(DISK.id());
        }
        throw new IllegalStateException("the limits of " + cgroup + " cannot be read");
    }

    /** What a person reads of where one number of the container's limit comes from. */
    public String originOf(Pod pod, ContainerId container, LimitKey key) {
        var cgroup = node.cgroupOf(container);
        return guard.explain(pod.namespace(), pod.name()).stream()
                .flatMap(explanation -> explanation.rows().stream())
                .filter(row -> cgroup.equals(Optional.of(row.target().cgroup())))
                .map(row -> row.decision().origin(key))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(container + " is no container of " + pod.fullName()));
    }

    /** What the container did since it started. */
    public IoCounters done(ContainerId container) {
        return node.doneBy(container, DISK.id());
    }

    @Override
    public void close() {
        guard.close();
        driver.close();
        node.close();
    }
}
