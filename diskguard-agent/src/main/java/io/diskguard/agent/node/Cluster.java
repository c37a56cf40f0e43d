/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.node;

import io.diskguard.agent.exchange.Exchange;
import io.diskguard.config.GuardConfig;
import io.diskguard.config.KubernetesSettings;
import io.diskguard.k8s.KubernetesAccess;
import io.diskguard.k8s.KubernetesAccessException;
import io.diskguard.k8s.KubernetesEvents;
import io.diskguard.k8s.PodSnapshotStore;
import io.diskguard.model.PodRef;
import io.diskguard.model.SmartStateKeys;
import io.diskguard.spi.Environment;
import io.diskguard.spi.PodSource;
import io.diskguard.spi.StateStore;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** What this node has of its Kubernetes cluster. Closing it ends the connections. Thread-safe. */
final class Cluster implements AutoCloseable {
    private static final Duration AFTER_THE_START = Duration.ofSeconds(10);

    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private final KubernetesAccess access;
    private final KubernetesEvents events;
    private final Pods pods;
    private final Set<String> ownKeys = ConcurrentHashMap.newKeySet();
    private final Exchangeable exchangeable;

    /** @param teller who tells them, for people */
    record Pods(PodSource source, Supplier<Optional<String>> trouble, String teller) {}

    /**
     * Begins to ask for the node's pods.
     *
     * @param remembers whether the pods are kept in {@code state_dir}, for a start while the API server is away
     * @throws AgentException if it is not known where the API server is or who this process is to it
     */
    Cluster(Environment environment, GuardConfig config, String node, boolean remembers) throws AgentException {
        ownKeys.addAll(SmartStateKeys.below(config.smartAnnotationPrefix()));
        var later = new ScheduledThreadPoolExecutor(1, Threads.daemons("diskguard-timer"));
        later.setRemoveOnCancelPolicy(true);
        opened.push(later::shutdownNow);
        try {
            access = KubernetesAccess.open(config.kubernetes(), environment, later);
        } catch (KubernetesAccessException e) {
            close();
            throw AgentException.usage("the cluster of node " + node + " cannot be asked: " + e.getMessage());
        }
        opened.push(access);
        if (config.kubernetes().podSource() == KubernetesSettings.PodOrigin.KUBELET) {
            var kubelet = new PodsOfKubelet(config, node, later);
            pods = new Pods(kubelet.source(), kubelet::trouble, kubelet.teller());
            exchangeable = kubelet;
        } else {
            var store = remembers
                    ? Optional.of(PodSnapshotStore.in(config.stateDir(), node, later))
                    : Optional.<PodSnapshotStore>empty();
            var source = access.pods(node, store);
            pods = new Pods(source, source::trouble, access.server());
            exchangeable = Exchangeable.NEVER;
        }
        opened.push(pods.source());
        events = access.events(node);
        opened.push(events);
        if (remembers) {
            // What the start left behind stays mapped otherwise: a heap that is large enough is not collected
            later.schedule(System::gc, AFTER_THE_START.toSeconds(), TimeUnit.SECONDS);
        }
    }

    Pods pods() {
        return pods;
    }

    /** Texts in the annotations of the node's pods. */
    StateStore state() {
        return access.stateStore(pods.source()::find, ownKeys::contains);
    }

    /**
     * What has to be exchanged for another configuration. State keys of a prefix that was configured once may be written as
     * long as this process runs: they have to be moved from there.
     */
    Exchange exchange(Environment environment, GuardConfig before, GuardConfig next) throws AgentException {
        ownKeys.addAll(SmartStateKeys.below(next.smartAnnotationPrefix()));
        return exchangeable.exchange(environment, before, next);
    }

    /** Tells as events what happens to pods, and to the configuration of the node. */
    EventListener listener() {
        return new EventListener(new EventListener.Events() {
            @Override
            public void ofPod(PodRef pod, boolean warning, String reason, String message) {
                events.ofPod(pod, severity(warning), reason, message);
            }

            @Override
            public void ofNode(boolean warning, String reason, String message) {
                events.ofNode(severity(warning), reason, message);
            }

            private static KubernetesEvents.Severity severity(boolean warning) {
                return warning ? KubernetesEvents.Severity.WARNING : KubernetesEvents.Severity.NORMAL;
            }
        });
    }

    @Override
    public void close() {
        Closing.all(opened);
    }
}
