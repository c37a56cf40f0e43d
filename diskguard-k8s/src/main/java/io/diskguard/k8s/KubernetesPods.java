/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.k8s;

import io.diskguard.model.Pod;
import io.diskguard.reconcile.Backoff;
import io.diskguard.spi.PodSource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The pods of one node as the API server tells them: listed, then watched. While it cannot be heard, the last known pods
 * hold; where it was never heard and a first try has failed, those of the snapshot that an earlier process left do, and are
 * said not to be complete. Not before that: what is newer may come in a moment.
 * A connection that breaks is opened again by the client; whatever ends its list and watch, they begin anew after a
 * backoff. Thread-safe.
 */
public final class KubernetesPods implements PodSource {
    static final Duration LOOK_EACH = Duration.ofMinutes(1);
    static final int SILENT_LOOKS = 3;

    private static final Logger LOG = LoggerFactory.getLogger(KubernetesPods.class);

    private final KubernetesClient client;
    private final String node;
    private final Optional<PodSnapshotStore> store;
    private final Timer timer;
    private final Backoff backoff;
    private final Duration patience;
    private final PodCache cache = new PodCache(this::changed);
    private final List<Consumer<String>> listeners = new CopyOnWriteArrayList<>();
    private final Set<String> untold = ConcurrentHashMap.newKeySet();
    private volatile List<Pod> stored;
    private volatile boolean heard;
    private volatile boolean tried;
    private volatile boolean closed;
    private volatile Optional<String> trouble = Optional.of("the API server was not heard yet");
    private volatile @Nullable SharedIndexInformer<SlimPod> informer;
    private int failures;

    /** @param patience until a list was read whole and a watch is open */
    KubernetesPods(
            KubernetesClient client,
            String node,
            Optional<PodSnapshotStore> store,
            Timer timer,
            Backoff backoff,
            Duration patience) {
        this.client = client;
        this.node = node;
        this.store = store;
        this.timer = timer;
        this.backoff = backoff;
        this.patience = patience;
        this.stored = store.flatMap(PodSnapshotStore::load).orElse(List.of());
        stored.forEach(pod -> untold.add(pod.uid()));
    }

    @Override
    public Snapshot snapshot() {
        // read first: they are forgotten once the others are known
        var before = stored;
        if (heard) {
            return new Snapshot.Synced(cache.pods(), cache.isComplete());
        }
        return before.isEmpty() || !tried
                ? new Snapshot.Unknown(trouble.orElse("the pods are being listed"))
                : new Snapshot.Synced(before, false);
    }

    @Override
    public Optional<Pod> find(String uid) {
        return heard ? cache.find(uid) : PodSource.super.find(uid);
    }

    @Override
    public void onChange(Consumer<String> uid) {
        listeners.add(uid);
    }

    /** Whether the pods were listed since the start: what readiness waits for. A watch that was lost later does not undo it. */
    public boolean isSynced() {
        return heard;
    }

    /** Why the API server is not heard at present; empty while it is. Nothing that a process should be restarted for. */
    public Optional<String> trouble() {
        var current = informer;
        if (trouble.isPresent() || current == null || current.isWatching()) {
            return trouble;
        }
        return Optional.of("the watch of the pods is broken and being opened again; the last known pods hold");
    }

    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        stop(informer);
        store.ifPresent(PodSnapshotStore::close);
    }

    synchronized void start() {
        if (closed) {
            return;
        }
        var next = client.resources(SlimPod.class, SlimPodList.class)
                .inAnyNamespace()
                .withField("spec.nodeName", node)
                .runnableInformer(0);
        if (heard) {
            // The client lists from the API server's cache first, which may be behind what was heard already; an
            // initial
            // state, if only an empty one, has it ask for the present.
            next.initialState(Stream.empty());
        }
        next.itemStore(cache.open());
        next.removeNamespaceIndex();
        // Never by itself: its pauses grow on a timer of its own, equal on every node.
        next.exceptionHandler((started, problem) -> false);
        next.addEventHandler(new Listed());
        informer = next;
        next.stopped().whenComplete((nothing, problem) -> ended(next, problem));
        try {
            // Of a watch that is asked for and never answered the client does not get tired.
            next.start()
                    .toCompletableFuture()
                    .copy()
                    .orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS)
                    .whenComplete((nothing, problem) -> {
                        if (problem == null) {
                            watching(next);
                        } else if (problem instanceof TimeoutException) {
                            ended(next, problem);
                        }
                    });
        } catch (RuntimeException e) {
            // What cannot even be sent is thrown; a later try may find other credentials.
            ended(next, e);
        }
    }

    /** Only now: where lists are answered and watches are not, the pauses grow too. */
    private synchronized void watching(SharedIndexInformer<SlimPod> which) {
        if (which == informer) {
            failures = 0;
            trouble = Optional.empty();
            guard(which, which.lastSyncResourceVersion(), 1);
        }
    }

    /**
     * A watch says at least once a minute which version it has come to (a bookmark). One that does not hangs on a
     * connection of which only this end is left: the transport has no pings that would find out. One that is broken and
     * was not opened again meanwhile is begun anew at once: the client tries for ever, and never says what is refused.
     */
    private void guard(SharedIndexInformer<SlimPod> which, String version, int look) {
        timer.after(LOOK_EACH, () -> {
            synchronized (this) {
                if (closed || which != informer) {
                    return;
                }
                var now = which.lastSyncResourceVersion();
                if (!version.equals(now)) {
                    guard(which, now, 1);
                } else if (which.isWatching() && look < SILENT_LOOKS) {
                    guard(which, now, look + 1);
                } else {
                    LOG.debug("the watch of the pods of {} is silent and begun anew", node);
                    informer = null;
                    stop(which);
                    start();
                }
            }
        });
    }

    private synchronized void ended(SharedIndexInformer<SlimPod> which, @Nullable Throwable problem) {
        if (closed || which != informer) {
            return;
        }
        informer = null;
        failures++;
        var delay = backoff.delay(failures);
        var reason = problem == null ? "the watch ended" : Trouble.of("list and watch", "pods", problem);
        if (!trouble.equals(Optional.of(reason))) {
            LOG.warn(
                    "the pods of {} cannot be heard from {}: {}; trying again, the last known hold",
                    node,
                    client.getMasterUrl(),
                    reason);
        }
        trouble = Optional.of(reason);
        if (!heard && !tried) {
            tried = true;
            stored.forEach(pod -> tell(pod.uid()));
        }
        timer.after(delay, () -> {
            stop(which);
            start();
        });
    }

    private static void stop(@Nullable SharedIndexInformer<SlimPod> which) {
        if (which != null) {
            which.stop();
        }
    }

    private void listed() {
        synchronized (this) {
            if (!heard) {
                LOG.info("heard of {} pods on {}", cache.pods().size(), node);
            }
            heard = true;
        }
        var uids = new LinkedHashSet<>(untold);
        untold.removeAll(uids);
        var unchanged = unchanged();
        unchanged.forEach(uids::remove);
        if (!tried) {
            uids.addAll(unchanged);
        }
        uids.forEach(this::changed);
        save();
    }

    /**
     * Once: those that are as the snapshot had them. The others have their turn before a node full of these, which are not
     * told at all where the snapshot was shown.
     */
    private List<String> unchanged() {
        var before = new HashSet<>(stored);
        stored = List.of();
        return before.isEmpty()
                ? List.of()
                : cache.pods().stream().filter(before::contains).map(Pod::uid).toList();
    }

    private void changed(String uid) {
        if (!heard) {
            untold.add(uid);
            return;
        }
        tell(uid);
        save();
    }

    private void tell(String uid) {
        for (var listener : listeners) {
            try {
                listener.accept(uid);
            } catch (RuntimeException e) {
                LOG.error("a listener failed", e);
            }
        }
    }

    private void save() {
        store.ifPresent(to -> to.changed(cache::pods));
    }

    /** Adds, changes and removals are seen by the cache itself. */
    private final class Listed implements ResourceEventHandler<SlimPod> {
        @Override
        public void onList(String resourceVersion, boolean remainedEmpty) {
            listed();
        }

        @Override
        public void onAdd(SlimPod pod) {
            // Told by the cache.
        }

        @Override
        public void onUpdate(SlimPod before, SlimPod now) {
            // Told by the cache.
        }

        @Override
        public void onDelete(SlimPod pod, boolean finalStateUnknown) {
            // Told by the cache.
        }
    }
}
