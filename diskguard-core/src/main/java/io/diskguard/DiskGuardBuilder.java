/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard;

import io.diskguard.config.GuardConfig;
import io.diskguard.device.ProcessMounts;
import io.diskguard.model.ContainerId;
import io.diskguard.policy.PolicyChain;
import io.diskguard.policy.limiter.LoadInputs;
import io.diskguard.policy.limiter.SmartLimiter;
import io.diskguard.reconcile.DiskGuardListener;
import io.diskguard.reconcile.Engine;
import io.diskguard.spi.CgroupDriver;
import io.diskguard.spi.ContainerDisks;
import io.diskguard.spi.Environment;
import io.diskguard.spi.IoSignals;
import io.diskguard.spi.IoStatsSource;
import io.diskguard.spi.LimitEscapes;
import io.diskguard.spi.LimitPolicy;
import io.diskguard.spi.PodCgroups;
import io.diskguard.spi.PodSource;
import io.diskguard.spi.RuntimeResolver;
import io.diskguard.spi.StateStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts a {@link DiskGuard} together. Configuration, driver, pods and their cgroups are required; the rest has defaults.
 * Not thread-safe.
 */
public final class DiskGuardBuilder {
    private static final Logger LOG = LoggerFactory.getLogger(DiskGuard.class);

    private Environment environment = Environment.system();
    private Optional<GuardConfig> config = Optional.empty();
    private Optional<CgroupDriver> driver = Optional.empty();
    private Optional<PodSource> pods = Optional.empty();
    private Optional<PodCgroups> podCgroups = Optional.empty();
    private final List<LimitPolicy> policies = new ArrayList<>();
    private Function<ContainerId, RuntimeResolver.Resolution> runtime =
            id -> new RuntimeResolver.Resolution.Unknown("no runtime is configured");
    private Optional<ContainerDisks> containerDisks = Optional.empty();
    private Optional<IoStatsSource> stats = Optional.empty();
    private Optional<IoSignals> signals = Optional.empty();
    private Optional<StateStore> store = Optional.empty();
    private SmartLimiter.Factory limiter = SmartLimiter.NONE;
    private LimitEscapes escapes = LimitEscapes.NONE;
    private final List<DiskGuardListener> listeners = new ArrayList<>();
    private ThreadFactory threads = task -> new Thread(task, "diskguard-loop");

    DiskGuardBuilder() {}

    /** Host paths, clock and ticker; {@link Environment#system()} by default. */
    public DiskGuardBuilder environment(Environment environment) {
        this.environment = environment;
        return this;
    }

    public DiskGuardBuilder config(GuardConfig config) {
        this.config = Optional.of(config);
        return this;
    }

    public DiskGuardBuilder driver(CgroupDriver driver) {
        this.driver = Optional.of(driver);
        return this;
    }

    public DiskGuardBuilder pods(PodSource pods) {
        this.pods = Optional.of(pods);
        return this;
    }

    public DiskGuardBuilder podCgroups(PodCgroups podCgroups) {
        this.podCgroups = Optional.of(podCgroups);
        return this;
    }

    /** Asked by container id where the cgroup tree does not tell; by default nobody is. */
    public DiskGuardBuilder runtime(RuntimeResolver runtime) {
        this.runtime = id -> {
            try {
                return Objects.requireNonNull(runtime.resolve(id), "resolve() gave null");
            } catch (Exception | LinkageError | StackOverflowError | AssertionError failure) {
                LOG.warn("asking the runtime about {} failed", id, failure);
                return new RuntimeResolver.Resolution.Unknown(failure.toString());
            }
        };
        return this;
    }

    /**
     * Where containers' volumes are; by default the mounts of their processes tell, and of raw block volumes the runtime,
     * else the kubelet's directories.
     */
    public DiskGuardBuilder containerDisks(ContainerDisks containerDisks) {
        this.containerDisks = Optional.of(containerDisks);
        return this;
    }

    /** Who sees what IO gets past the limits; by default nobody looks. */
    public DiskGuardBuilder escapes(LimitEscapes escapes) {
        this.escapes = escapes;
        return this;
    }

    /** Adds a policy to the built-in ones. */
    public DiskGuardBuilder policy(LimitPolicy policy) {
        this.policies.add(policy);
        return this;
    }

    /** Counters of containers, each read once in {@code smart_limit_monitor_interval}; without them nothing is decided by load. */
    public DiskGuardBuilder stats(IoStatsSource stats) {
        this.stats = Optional.of(stats);
        return this;
    }

    /** Pressure and the disks' activity, for {@code smart_limit_only_under_pressure}. */
    public DiskGuardBuilder signals(IoSignals signals) {
        this.signals = Optional.of(signals);
        return this;
    }

    /**
     * Where smart limits are kept with their pods; without it they live in the marks on the cgroups of running containers
     * only.
     */
    public DiskGuardBuilder state(StateStore store) {
        this.store = Optional.of(store);
        return this;
    }

    /** Who limits by load: {@code SmartKeeper::of} of {@code diskguard-smart}; by default nobody, and no counter is read. */
    public DiskGuardBuilder smart(SmartLimiter.Factory limiter) {
        this.limiter = limiter;
        return this;
    }

    /** Adds one to those that hear what is done. */
    public DiskGuardBuilder listener(DiskGuardListener listener) {
        this.listeners.add(listener);
        return this;
    }

    /** Makes the loop's one thread. */
    public DiskGuardBuilder threads(ThreadFactory threads) {
        this.threads = threads;
        return this;
    }

    /** @throws IllegalStateException naming what is missing */
    public DiskGuard build() {
        var guardConfig = required(config, "config");
        var source = required(pods, "pods");
        var cgroupDriver = required(driver, "driver");
        var pulse = new Pulse(environment.ticker());
        var heard = new ArrayList<>(listeners);
        heard.add(pulse);
        var custom = List.copyOf(policies);
        var engine = new Engine(
                environment,
                guardConfig,
                next -> PolicyChain.of(next, custom),
                cgroupDriver,
                source,
                required(podCgroups, "podCgroups"),
                runtime,
                containerDisks.orElseGet(
                        () -> new ProcessMounts(environment.paths(), cgroupDriver.hierarchy(), runtime)),
                new LoadInputs(stats, signals, escapes, store),
                limiter,
                heard);
        return new DiskGuard(engine, source, pulse, threads, new ExplainedEscapes(escapes, engine::policies));
    }

    private static <T> T required(Optional<T> part, String name) {
        return part.orElseThrow(() -> new IllegalStateException("DiskGuard.builder() needs " + name + "(...)"));
    }
}
