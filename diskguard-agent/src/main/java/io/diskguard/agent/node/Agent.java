/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.node;

import io.diskguard.DiskGuard;
import io.diskguard.spi.Environment;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The agent of this node, put together. {@link #start} once; closing it stops everything that it made. */
public final class Agent implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Agent.class);

    private final Node node;
    private final NodePods pods;
    private final DiskGuard guard;

    private Agent(Node node, NodePods pods) {
        this.node = node;
        this.pods = pods;
        this.guard = node.guard(pods.pods(), pods.cgroups())
                .listener(new LoggingListener())
                .threads(task -> new Thread(task, "diskguard-loop"))
                .build();
    }

    /**
     * @param podsDirectory of pod manifests; empty to take the pods from where the configuration says
     * @throws AgentException if the configuration is wrong, no driver fits, or nobody says which pods there are
     */
    public static Agent open(Environment environment, NodeArguments arguments, Optional<Path> podsDirectory)
            throws AgentException {
        var node = Node.open(environment, arguments);
        try {
            node.warnings().forEach(warning -> LOG.warn("configuration: {}", warning));
            return new Agent(node, node.pods(podsDirectory));
        } catch (AgentException | RuntimeException e) {
            node.close();
            throw e;
        }
    }

    public void start() {
        LOG.info(
                "guarding {}, limits in {}, resync every {} s, {} the limits on shutdown",
                pods.what(),
                node.driver().hierarchy().mountPoint(),
                node.config().checkInterval().toSeconds(),
                node.config().onShutdown().name().toLowerCase(java.util.Locale.ROOT));
        guard.start();
    }

    @Override
    public void close() {
        LOG.info("stopping");
        guard.close();
        pods.close();
        node.close();
    }
}
