/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard;

import io.diskguard.config.GuardConfig;
import io.diskguard.policy.smart.Ineffective;
import io.diskguard.policy.smart.Recorded;
import io.diskguard.reconcile.Engine;
import io.diskguard.reconcile.Explanation;
import io.diskguard.reconcile.ResetReport;
import io.diskguard.spi.CgroupDriver;
import io.diskguard.spi.Environment;
import io.diskguard.spi.PodSource;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The guard of one node: keeps the kernel's limits as pods and configuration want them. Thread-safe.
 *
 * <p>What was handed to the builder stays the caller's to close, after the guard.
 */
public final class DiskGuard implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DiskGuard.class);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);
    private static final Duration STOP_WITHIN = Duration.ofSeconds(4);

    private final Engine engine;
    private final PodSource pods;
    private final Pulse pulse;
    private final ExplainedEscapes escapes;
    private final Thread thread;
    private volatile boolean stopping;

    DiskGuard(Engine engine, PodSource pods, Pulse pulse, ThreadFactory threads, ExplainedEscapes escapes) {
        this.engine = engine;
        this.pods = pods;
        this.pulse = pulse;
        this.escapes = escapes;
        this.thread = threads.newThread(this::run);
    }

    public static DiskGuardBuilder builder() {
        return new DiskGuardBuilder();
    }

    /** Takes back every limit that DiskGuard ever set on this node and that still is; limits of others stay. */
    public static ResetReport reset(Environment environment, GuardConfig config, CgroupDriver driver, boolean dryRun) {
        return Engine.reset(environment, config, driver, dryRun);
    }

    /**
     * Starts the loop in a thread of its own.
     *
     * @throws IllegalThreadStateException if it was started before
     */
    public void start() {
        thread.start();
    }

    /**
     * Does what is due and returns: for those who drive the loop themselves instead of {@link #start}.
     *
     * @return the time until the next turn
     */
    public Duration turn() {
        pulse.expect(Duration.ZERO);
        var next = engine.turn();
        pulse.expect(next);
        return next;
    }

    /**
     * Puts another configuration in force between two turns; running containers follow in the turns after that.
     *
     * @param with what changes at the same moment, in the loop's thread; where it throws, everything stays as it was
     * @return completes when it is in force, exceptionally where that failed or the guard was closed before; where it was
     *     cancelled before, it is not put in force
     */
    public CompletableFuture<Void> reconfigure(GuardConfig next, Runnable with) {
        return engine.reconfigure(next, with);
    }

    /** Why the pod's containers have the limits that they have; empty if there is no such pod. */
    public Optional<Explanation> explain(String namespace, String name) {
        return pods.snapshot() instanceof PodSource.Snapshot.Synced snapshot
                ? snapshot.pods().stream()
                        .filter(pod ->
                                pod.namespace().equals(namespace) && pod.name().equals(name))
                        .findFirst()
                        .map(pod -> engine.explain(pod)
                                .with(engine.decisions().stream()
                                        .filter(each -> each.pod().uid().equals(pod.uid()))
                                        .toList()))
                        .map(escapes::add)
                : Optional.empty();
    }

    /** What was decided by the load, oldest first; older ones than some hundred are forgotten. */
    public List<Recorded> decisions() {
        return engine.decisions();
    }

    /** Limits that do not hold all IO now, as far as was looked. */
    public List<Ineffective> ineffective() {
        return engine.ineffective();
    }

    /** The configuration in force. */
    public GuardConfig config() {
        return engine.config();
    }

    /** What is known now. */
    public GuardStatus status() {
        return new GuardStatus(pods.snapshot(), engine.disks(), pulse.late());
    }

    /** Stops the loop; the limits stay in the kernel, unless {@code on_shutdown} is {@code clear}. */
    @Override
    public void close() {
        if (stopping) {
            return;
        }
        stopping = true;
        engine.end();
        try {
            thread.join(STOP_WITHIN.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive()) {
            LOG.warn("the loop is still busy after {} and is left; the limits stay as they are", STOP_WITHIN);
        } else if (engine.config().onShutdown() == GuardConfig.OnShutdown.CLEAR) {
            var report = engine.reset();
            LOG.info(
                    "cleared {} limits on shutdown, {} failed",
                    report.cleared().size(),
                    report.failed().size());
        }
    }

    private void run() {
        while (!stopping) {
            try {
                engine.await(turnOrPause());
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private Duration turnOrPause() {
        try {
            return turn();
        } catch (Exception | LinkageError | StackOverflowError | AssertionError e) {
            LOG.error("a turn of the loop failed; the next one is in {}", AFTER_FAILURE, e);
            return AFTER_FAILURE;
        }
    }
}
