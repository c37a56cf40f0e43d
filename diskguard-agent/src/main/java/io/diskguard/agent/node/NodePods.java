/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.node;

import io.diskguard.agent.podsdir.ManifestPodSource;
import io.diskguard.cgroup.tree.KubepodsTree;
import io.diskguard.config.GuardConfig;
import io.diskguard.config.RuntimeSettings;
import io.diskguard.reconcile.DiskGuardListener;
import io.diskguard.reload.ReloadListener;
import io.diskguard.spi.CgroupFs;
import io.diskguard.spi.Environment;
import io.diskguard.spi.PodCgroups;
import io.diskguard.spi.PodSource;
import io.diskguard.spi.StateStore;
import io.diskguard.spi.Ticker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Which pods this node has, where their containers are, and who is told what becomes of them. Closing it closes them all.
 *
 * @param what they are, for the log
 * @param trouble why they cannot be heard of at present; those last known hold
 * @param listener of the pods' owners
 * @param reloads who is told what becomes of changes of the configuration
 * @param state where texts are kept with them; empty where nothing is to be remembered
 * @param exchangeable what of them follows the configuration
 * @param patience how long it may take until they are known
 * @param end what else there is to close
 */
record NodePods(
        String what,
        PodSource pods,
        PodCgroups cgroups,
        Supplier<Optional<String>> trouble,
        DiskGuardListener listener,
        ReloadListener reloads,
        Optional<StateStore> state,
        Exchangeable exchangeable,
        Duration patience,
        Runnable end)
        implements AutoCloseable {
    private static final Duration NETWORK = Duration.ofSeconds(10);
    private static final ReloadListener NOBODY = reload -> {};
    private static final Duration LOOK_EACH = Duration.ofMillis(20);

    /** Of a command that reads once, of one that follows them for a while, or of the agent, which follows and remembers them. */
    enum Use {
        LOOK,
        WATCH,
        FOLLOW
    }

    /**
     * The pods of the manifests where there is a directory of them, else the node's in Kubernetes where it has a name, else
     * docker's containers where docker is configured.
     *
     * @throws AgentException if nobody says which pods there are
     */
    static NodePods of(
            Environment environment, GuardConfig config, CgroupFs hierarchy, Optional<Path> directory, Use use)
            throws AgentException {
        if (directory.isPresent()) {
            return manifests(directory.get(), config, hierarchy, use);
        }
        var node = config.kubernetes().nodeName();
        if (node.isPresent()) {
            return cluster(new Cluster(environment, config, node.get(), use == Use.FOLLOW), node.get(), hierarchy, use);
        }
        if (config.runtime().kind() == RuntimeSettings.Kind.DOCKER) {
            return docker(environment, config, use);
        }
        throw AgentException.usage("nobody says which pods there are: set node_name (NODE_NAME, from spec.nodeName) for"
                + " those of Kubernetes, or \"container_runtime: docker\" without node_name for docker's containers, or"
                + " give --pods-dir DIR");
    }

    private static NodePods manifests(Path directory, GuardConfig config, CgroupFs hierarchy, Use use) {
        var tree = tree(hierarchy, use);
        var file = FileState.of(config, use);
        var pods = use != Use.LOOK
                ? ManifestPodSource.watching(directory, Threads.daemons("diskguard-pods"))
                : ManifestPodSource.reading(directory);
        return new NodePods(
                "the pods of the manifests in " + directory,
                pods,
                tree,
                () -> Optional.of(pods.problems())
                        .filter(it -> !it.isEmpty())
                        .map(it -> "invalid: " + String.join("; ", it)),
                DiskGuardListener.NOOP,
                NOBODY,
                file.map(FileState::store),
                Exchangeable.NEVER,
                Duration.ZERO,
                () -> file.ifPresent(FileState::close));
    }

    private static NodePods cluster(Cluster cluster, String node, CgroupFs hierarchy, Use use) {
        var pods = cluster.pods();
        var events = cluster.listener();
        return new NodePods(
                "the pods of node " + node + ", told by " + pods.teller(),
                pods.source(),
                tree(hierarchy, use),
                pods.trouble(),
                events,
                events,
                use == Use.FOLLOW ? Optional.of(cluster.state()) : Optional.empty(),
                cluster::exchange,
                NETWORK,
                cluster::close);
    }

    private static NodePods docker(Environment environment, GuardConfig config, Use use) {
        var file = FileState.of(config, use);
        var docker = new PodsOfDocker(environment);
        return new NodePods(
                "the containers of docker",
                docker.pods(),
                docker.cgroups(),
                Optional::empty,
                DiskGuardListener.NOOP,
                NOBODY,
                file.map(FileState::store),
                docker,
                NETWORK,
                () -> file.ifPresent(FileState::close));
    }

    private static KubepodsTree tree(CgroupFs hierarchy, Use use) {
        var tree = KubepodsTree.open(hierarchy);
        if (use != Use.LOOK) {
            tree.watch(List.of()).start(Threads.daemons("diskguard-cgroups"));
        }
        return tree;
    }

    /**
     * Waits until they are known, as long as it may take.
     *
     * @throws AgentException saying why they are not, when the time is over or the end is asked for
     */
    void await(Ticker ticker, StopSignal stop) throws AgentException, InterruptedException {
        var begin = ticker.nanos();
        while (pods.snapshot() instanceof PodSource.Snapshot.Unknown unknown) {
            if (ticker.nanos() - begin >= patience.toNanos() || stop.await(LOOK_EACH)) {
                throw AgentException.failed(
                        what + " are not known: " + trouble.get().orElse(unknown.reason()));
            }
        }
    }

    @Override
    public void close() {
        Closing.all(new ArrayDeque<AutoCloseable>(List.of(pods, cgroups, end::run)));
    }
}
