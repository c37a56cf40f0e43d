/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.node;

import io.diskguard.DiskGuard;
import io.diskguard.agent.api.Api;
import io.diskguard.agent.http.HttpEndpoint;
import io.diskguard.agent.metrics.AgentMetrics;
import io.diskguard.agent.page.StatusPage;
import io.diskguard.agent.trace.TraceWriter;
import io.diskguard.agent.view.NodeView;
import io.diskguard.provider.ProviderSource;
import io.diskguard.reconcile.DiskGuardListener;
import io.diskguard.reload.ConfigReloader;
import io.diskguard.spi.Environment;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
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
    private final NodeView view;
    private final HttpEndpoint http;
    private final ConfigReloader reloader;

    private Agent(Deque<AutoCloseable> opened, Node node, NodePods pods, DiskGuardListener recorder)
            throws AgentException {
        this.opened = opened;
        this.node = node;
        this.pods = pods;
        var metrics = new AgentMetrics(node.ticker(), String.valueOf(node.cgroupVersion()));
        metrics.configured(node.config());
        var memory = node.memory(pods.pods());
        pods.cgroups().onAppeared(metrics.timings()::appeared);
        var builder = node.guard(pods.pods(), pods.cgroups())
                .listener(memory)
                .listener(new LoggingListener())
                .listener(new SmartLogging())
                .listener(pods.listener())
                .listener(recorder)
                .threads(task -> new Thread(task, "diskguard-loop"));
        metrics.listeners().forEach(builder::listener);
        pods.state().ifPresent(builder::state);
        this.guard = builder.build();
        this.view = new NodeView(memory, guard);
        this.reloader = node.reloader(guard, pods, metrics::configured, List.of(metrics.reloads(), pods.reloads()));
        var address = node.config().httpAddress();
        try {
            var health = new NodeHealth(guard, pods, node.driver().hierarchy(), reloader::status);
            this.http = HttpEndpoint.open(
                    address,
                    health,
                    accepted -> metrics.page(now(health), accepted),
                    new Api(node.known(view, guard, reloader, health, pods)),
                    new StatusPage());
        } catch (IOException e) {
            throw AgentException.failed("http_address is " + address + ": " + e.getMessage());
        }
        opened.push(http);
        opened.push(guard);
        opened.push(reloader);
    }

    /**
     * Configuration, driver, state, pods, in this order: what cannot be had ends the start before anything is written.
     *
     * @param podsDirectory of pod manifests; empty to take the pods from where the configuration says
     * @param trace a file to record the containers' load in
     * @throws AgentException if the configuration is wrong, no driver fits, nobody says which pods there are, or the trace
     *     cannot be written
     */
    public static Agent open(
            Environment environment, NodeArguments arguments, Optional<Path> podsDirectory, Optional<Path> trace)
            throws AgentException {
        return open(environment, arguments, podsDirectory, trace, Plugins.source(arguments.plugins()));
    }

    static Agent open(
            Environment environment,
            NodeArguments arguments,
            Optional<Path> podsDirectory,
            Optional<Path> trace,
            ProviderSource providers)
            throws AgentException {
        return open(environment, arguments, trace, providers, node -> node.pods(podsDirectory, NodePods.Use.FOLLOW));
    }

    /** Makes the pods of a node that is open. */
    @FunctionalInterface
    interface PodsOf {
        NodePods of(Node node) throws AgentException;
    }

    static Agent open(
            Environment environment,
            NodeArguments arguments,
            Optional<Path> trace,
            ProviderSource providers,
            PodsOf podsOf)
            throws AgentException {
        var opened = new ArrayDeque<AutoCloseable>();
        try {
            var node = Node.follow(environment, arguments, providers);
            opened.push(node);
            node.warnings().forEach(warning -> LOG.warn("configuration: {}", warning));
            opened.push(StateLock.take(node.config().stateDir()));
            var pods = podsOf.of(node);
            opened.push(pods);
            return new Agent(opened, node, pods, recorder(opened, environment, node, trace));
        } catch (AgentException | RuntimeException e) {
            Closing.all(opened);
            throw e;
        }
    }

    private static DiskGuardListener recorder(
            Deque<AutoCloseable> opened, Environment environment, Node node, Optional<Path> trace)
            throws AgentException {
        if (trace.isEmpty()) {
            return DiskGuardListener.NOOP;
        }
        var name = node.config().kubernetes().nodeName().orElse("");
        try {
            var writer = TraceWriter.open(trace.get(), name, environment, Threads.daemons("diskguard-trace"));
            opened.push(writer);
            return writer;
        } catch (IOException e) {
            throw AgentException.failed("the trace cannot be recorded: " + e.getMessage());
        }
    }

    /** Begins with the disks, then the pods as soon as they are known. */
    public void start() {
        LOG.info(
                "guarding {}, limits in {}, resync every {} s, {} the limits on shutdown; metrics and health on port {}",
                pods.what(),
                node.driver().hierarchy().mountPoint(),
                node.config().checkInterval().toSeconds(),
                node.config().onShutdown().name().toLowerCase(Locale.ROOT),
                http.port());
        guard.start();
        reloader.start(Threads.daemons("diskguard-config"));
        CompletableFuture.runAsync(
                node::greetRuntime,
                CompletableFuture.delayedExecutor(
                        AFTER_THE_START.toSeconds(), TimeUnit.SECONDS, task -> Threads.daemons("diskguard-greeting")
                                .newThread(task)
                                .start()));
    }

    DiskGuard guard() {
        return guard;
    }

    private AgentMetrics.Now now(NodeHealth health) {
        return new AgentMetrics.Now(health, reloader.status(), view.containers(), view.disks(), view.waiting());
    }

    /** What is known of the node now. */
    NodeView view() {
        return view;
    }

    /** What became of changes of the configuration. */
    ConfigReloader reloader() {
        return reloader;
    }

    /** Where health and metrics are, also where any port was asked for. */
    int port() {
        return http.port();
    }

    @Override
    public void close() {
        LOG.info("stopping");
        Closing.all(opened);
    }
}
