/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.node;

import io.diskguard.DiskGuard;
import io.diskguard.agent.podsdir.ManifestPodSource;
import io.diskguard.cgroup.tree.KubepodsTree;
import io.diskguard.spi.Environment;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The agent of this node, put together. {@link #start} once; closing it stops everything that it made. */
public final class Agent implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Agent.class);

    private final Node node;
    private final KubepodsTree tree;
    private final ManifestPodSource pods;
    private final DiskGuard guard;

    private Agent(Node node, KubepodsTree tree, ManifestPodSource pods) {
        this.node = node;
        this.tree = tree;
        this.pods = pods;
        this.guard = node.guard(pods, tree)
                .listener(new LoggingListener())
                .threads(named("diskguard-loop", false))
                .build();
    }

    /** @throws AgentException if the configuration is wrong or no driver fits */
    public static Agent open(Environment environment, NodeArguments arguments, Path podsDirectory)
            throws AgentException {
        var node = Node.open(environment, arguments);
        node.warnings().forEach(warning -> LOG.warn("configuration: {}", warning));
        var tree = KubepodsTree.open(node.driver().hierarchy());
        tree.watch(List.of()).start(named("diskguard-cgroups", true));
        var pods = ManifestPodSource.watching(podsDirectory, named("diskguard-pods", true));
        return new Agent(node, tree, pods);
    }

    public void start() {
        LOG.info(
                "guarding the pods of the manifests, limits in {}, resync every {} s, {} the limits on shutdown",
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
        tree.close();
        node.close();
    }

    private static ThreadFactory named(String name, boolean daemon) {
        return task -> {
            var thread = new Thread(task, name);
            thread.setDaemon(daemon);
            return thread;
        };
    }
}
