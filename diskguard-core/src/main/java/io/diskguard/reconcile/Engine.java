/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.reconcile;

import io.diskguard.config.GuardConfig;
import io.diskguard.config.SmartSettings;
import io.diskguard.device.DeviceResolver;
import io.diskguard.device.DiskResolution;
import io.diskguard.filter.PodFilter;
import io.diskguard.model.ContainerId;
import io.diskguard.model.Pod;
import io.diskguard.policy.PolicyChain;
import io.diskguard.policy.limiter.LoadInputs;
import io.diskguard.policy.limiter.SmartLimiter;
import io.diskguard.policy.smart.Ineffective;
import io.diskguard.policy.smart.Recorded;
import io.diskguard.spi.CgroupDriver;
import io.diskguard.spi.ContainerDisks;
import io.diskguard.spi.Environment;
import io.diskguard.spi.PodCgroups;
import io.diskguard.spi.PodSource;
import io.diskguard.spi.RuntimeResolver;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.function.Supplier;

/** The parts of this package, put together. {@link #turn} is for one thread; all else is thread-safe. */
public final class Engine {
    private static final Duration FIRST_RETRY = Duration.ofMillis(20);

    private final DirtyPods dirty = new DirtyPods();
    private final CgroupDriver driver;
    private final Marks marks;
    private final PlanExecutor executor;
    private final Disks disks;
    private final Explainer explainer;
    private final DeviceResolver resolver;
    private final Function<GuardConfig, PolicyChain> chains;
    private final ReconcileLoop loop;
    private final SmartLimiter smart;
    private final Queue<Change> changes = new ConcurrentLinkedQueue<>();
    private volatile Setup setup;
    private volatile boolean ended;

    /** What the configuration means to the parts that outlive it. */
    private record Setup(GuardConfig config, PolicyChain policies, PodFilter filter, boolean byLoad) {
        static Setup of(GuardConfig config, PolicyChain policies) {
            var smart = config.smart();
            return new Setup(
                    config,
                    policies,
                    new PodFilter(config.exclusions()),
                    smart.enabled() && smart.mode() == SmartSettings.Mode.ENFORCE);
        }
    }

    private record Change(GuardConfig next, Runnable with, CompletableFuture<Void> done) {}

    public Engine(
            Environment environment,
            GuardConfig config,
            Function<GuardConfig, PolicyChain> chains,
            CgroupDriver driver,
            PodSource pods,
            PodCgroups cgroups,
            Function<ContainerId, RuntimeResolver.Resolution> runtime,
            ContainerDisks containerDisks,
            LoadInputs inputs,
            SmartLimiter.Factory limiter,
            List<DiskGuardListener> listeners) {
        this.chains = chains;
        this.setup = Setup.of(config, chains.apply(config));
        this.driver = driver;
        this.resolver = new DeviceResolver(environment.paths());
        this.marks = new AttributeMarks(driver.hierarchy(), config.stateDir());
        this.executor = new PlanExecutor(driver, marks, environment.clock());
        this.disks = new Disks(resolver, config.disks());
        var strangers = new Strangers(runtime, environment.ticker());
        var guarded = new GuardedListener(listeners);
        this.smart = limiter.create(
                environment, config, setup.policies(), disks.capacities()::of, inputs, new SmartTold(guarded));
        Supplier<PodFilter> filters = () -> setup.filter();
        Supplier<Decider> deciders = this::decider;
        var finder = new TargetFinder(cgroups, runtime, new Uniformity(filters, deciders), strangers);
        var observer = new Observer(filters, new DiskUses(containerDisks, resolver::ofDevice));
        this.explainer = new Explainer(driver, marks, finder, observer, deciders);
        var ticker = environment.ticker();
        var reconciler = new PodReconciler(
                driver, marks, executor, finder, observer, deciders, smart, guarded, ticker, strangers);
        var backoff = new Backoff(FIRST_RETRY, config.checkInterval(), new SplittableRandom());
        this.loop = new ReconcileLoop(
                pods,
                cgroups,
                reconciler,
                smart,
                disks,
                driver.hierarchy(),
                marks,
                guarded,
                ticker,
                config.checkInterval(),
                backoff,
                dirty);
        pods.onChange(dirty::mark);
        cgroups.onAppeared(dirty::mark);
    }

    private Decider decider() {
        var now = setup;
        return new Decider(now.policies(), smart.limits(), now.byLoad());
    }

    /** Does what is due; the time until the next turn, if nothing happens before. */
    public Duration turn() {
        for (var change = changes.poll(); change != null; change = changes.poll()) {
            take(change);
        }
        return loop.turn();
    }

    /** Has the next turn begin with another configuration, and with what changes together with it. By any thread. */
    public CompletableFuture<Void> reconfigure(GuardConfig next, Runnable with) {
        var change = new Change(next, with, new CompletableFuture<>());
        changes.add(change);
        dirty.wake();
        if (ended) {
            refuseChanges();
        }
        return change.done();
    }

    private void take(Change change) {
        if (change.done().isDone()) {
            return;
        }
        var before = setup;
        try {
            var next = Setup.of(change.next(), chains.apply(change.next()));
            put(next);
            change.with().run();
            if (!change.done().complete(null)) {
                put(before);
            }
        } catch (Exception | LinkageError | StackOverflowError | AssertionError e) {
            try {
                put(before);
            } finally {
                // who waits hears of it though the way back fails too
                change.done().completeExceptionally(e);
            }
        }
    }

    private void put(Setup next) {
        setup = next;
        disks.reconfigure(next.config().disks());
        smart.reconfigure(next.config(), next.policies(), disks.capacities()::of);
        loop.resync(next.config().checkInterval());
    }

    /** What is in force. */
    public GuardConfig config() {
        return setup.config();
    }

    /** Those of the configuration in force. */
    public PolicyChain policies() {
        return setup.policies();
    }

    /** Waits for something to happen, at most that long. */
    public void await(Duration atMost) throws InterruptedException {
        dirty.await(atMost);
    }

    /** Ends a wait at once, and a turn after the pod that it is at; what was to be put in force is not any more. */
    public void end() {
        ended = true;
        loop.end();
        dirty.wake();
        refuseChanges();
    }

    private void refuseChanges() {
        for (var change = changes.poll(); change != null; change = changes.poll()) {
            change.done().completeExceptionally(new IllegalStateException("the guard is closed"));
        }
    }

    /** The newest answer for each configured mount and device; none before the first turn. */
    public Collection<DiskResolution> disks() {
        return disks.answers();
    }

    /** What was decided by the load, the newest. */
    public List<Recorded> decisions() {
        return smart.decisions();
    }

    /** Limits that do not hold now, as far as was looked. */
    public List<Ineffective> ineffective() {
        return smart.ineffective();
    }

    /** Looks at the kernel as it is now. */
    public Explanation explain(Pod pod) {
        var now = new Disks(resolver, setup.config().disks());
        now.refresh();
        return explainer.explain(pod, now.inForce());
    }

    /** Takes back every limit that is marked as ours; not while another thread is in {@link #turn}. */
    public ResetReport reset() {
        return new Reset(driver, marks, executor, false).run();
    }

    /**
     * Takes back every limit that is marked as ours, without pods or disks: what an operator does after the last agent
     * is gone.
     *
     * @param dryRun say only what would be done
     */
    public static ResetReport reset(Environment environment, GuardConfig config, CgroupDriver driver, boolean dryRun) {
        var marks = new AttributeMarks(driver.hierarchy(), config.stateDir());
        return new Reset(driver, marks, new PlanExecutor(driver, marks, environment.clock()), dryRun).run();
    }
}
