/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.node;

import io.diskguard.config.GuardConfig;
import io.diskguard.k8s.KubernetesAccess;
import io.diskguard.k8s.KubernetesAccessException;
import io.diskguard.k8s.KubernetesEvents;
import io.diskguard.k8s.KubernetesPods;
import io.diskguard.k8s.PodSnapshotStore;
import io.diskguard.model.PodRef;
import io.diskguard.reconcile.DiskGuardListener;
import io.diskguard.spi.Environment;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;

/** What this node has of its Kubernetes cluster. Closing it ends the connection. Thread-safe. */
final class Cluster implements AutoCloseable {
    private final ScheduledExecutorService later;
    private final KubernetesAccess access;
    private final KubernetesPods pods;
    private final KubernetesEvents events;

    private Cluster(ScheduledExecutorService later, KubernetesAccess access, KubernetesPods pods, String node) {
        this.later = later;
        this.access = access;
        this.pods = pods;
        this.events = access.events(node);
    }

    /**
     * Begins to list the node's pods.
     *
     * @param remembers whether the pods are kept in {@code state_dir}, for a start while the API server is away
     * @throws AgentException if it is not known where the API server is or who this process is to it
     */
    static Cluster open(Environment environment, GuardConfig config, String node, boolean remembers)
            throws AgentException {
        var later = new ScheduledThreadPoolExecutor(1, Threads.daemons("diskguard-timer"));
        later.setRemoveOnCancelPolicy(true);
        try {
            var access = KubernetesAccess.open(config.kubernetes(), environment, later);
            var store = remembers
                    ? Optional.of(PodSnapshotStore.in(config.stateDir(), node, later))
                    : Optional.<PodSnapshotStore>empty();
            return new Cluster(later, access, access.pods(node, store), node);
        } catch (KubernetesAccessException e) {
            later.shutdownNow();
            throw AgentException.usage("the pods of node " + node + " cannot be asked for: " + e.getMessage());
        }
    }

    KubernetesPods pods() {
        return pods;
    }

    String server() {
        return access.server();
    }

    /** Tells as events what happens to pods. */
    DiskGuardListener listener() {
        return new EventListener(new EventListener.Warnings() {
            @Override
            public void ofPod(PodRef pod, String reason, String message) {
                events.ofPod(pod, KubernetesEvents.Severity.WARNING, reason, message);
            }

            @Override
            public void ofNode(String reason, String message) {
                events.ofNode(KubernetesEvents.Severity.WARNING, reason, message);
            }
        });
    }

    @Override
    public void close() {
        events.close();
        pods.close();
        access.close();
        later.shutdownNow();
    }
}
