/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.node;

import io.diskguard.DiskGuard;
import io.diskguard.agent.http.HttpEndpoint;
import io.diskguard.reconcile.DiskGuardListener;
import io.diskguard.spi.Environment;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The agent of this node, put together. {@link #start} once; closing it stops everything that it made. */
public final class Agent implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Agent.class);

    /** By then the limits of what runs are in the kernel, which nothing else should hold up. */
    private static final Duration AFTER_THE_START = Duration.ofSeconds(3);

    /** The last first to close. */
    private final Deque<AutoCloseable> opened;

    private final Node node;
    private final NodePods pods;
    private final DiskGuard guard;
    private final HttpEndpoint http;

    private Agent(Deque<AutoCloseable> opened, Node node, NodePods pods) throws AgentException {
        this.opened = opened;
        this.node = node;
        this.pods = pods;
        this.guard = node.guard(pods.pods(), pods.cgroups())
                .listener(DiskGuardListener.of(new LoggingListener(), pods.listener()))
                .threads(task -> new Thread(task, "diskguard-loop"))
                .build();
        var address = node.config().httpAddress();
        try {
            this.http = HttpEndpoint.open(
                    address, new NodeHealth(guard, pods, node.driver().hierarchy()));
        } catch (IOException e) {
            throw AgentException.failed("http_address is " + address + ": " + e.getMessage());
        }
        opened.push(http);
        opened.push(guard);
    }

    /**
     * Configuration, driver, state, pods, in this order: what cannot be had ends the start before anything is written.
     *
     * @param podsDirectory of pod manifests; empty to take the pods from where the configuration says
     * @throws AgentException if the configuration is wrong, no driver fits, or nobody says which pods there are
     */
    public static Agent open(Environment environment, NodeArguments arguments, Optional<Path> podsDirectory)
            throws AgentException {
        var opened = new ArrayDeque<AutoCloseable>();
        try {
            var node = Node.open(environment, arguments);
            opened.push(node);
            node.warnings().forEach(warning -> LOG.warn("configuration: {}", warning));
            opened.push(StateLock.take(node.config().stateDir()));
            var pods = node.pods(podsDirectory, NodePods.Use.FOLLOW);
            opened.push(pods);
            return new Agent(opened, node, pods);
        } catch (AgentException | RuntimeException e) {
            Closing.all(opened);
            throw e;
        }
    }

    /** Begins with the disks, then the pods as soon as they are known. */
    public void start() {
        LOG.info(
                "guarding {}, limits in {}, resync every {} s, {} the limits on shutdown; health on port {}",
                pods.what(),
                node.driver().hierarchy().mountPoint(),
                node.config().checkInterval().toSeconds(),
                node.config().onShutdown().name().toLowerCase(Locale.ROOT),
                http.port());
        guard.start();
        CompletableFuture.runAsync(
                node::greetRuntime,
                CompletableFuture.delayedExecutor(
                        AFTER_THE_START.toSeconds(), TimeUnit.SECONDS, task -> Threads.daemons("diskguard-greeting")
                                .newThread(task)
                                .start()));
    }

    @Override
    public void close() {
        LOG.info("stopping");
        Closing.all(opened);
    }
}
