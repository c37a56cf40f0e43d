/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.k8s.kubelet;

import io.diskguard.k8s.PodListReader;
import io.diskguard.k8s.Timer;
import io.diskguard.model.Pod;
import io.diskguard.reconcile.Backoff;
import io.diskguard.spi.PodSource;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The pods of one node as its kubelet tells them, asked again and again: {@code /pods} has no watch. While the kubelet
 * cannot be asked, the last known pods hold, and so they do while it has started anew and was not told them yet. No snapshot is kept for the next start: where there is no kubelet, no
 * container starts either. Thread-safe.
 */
public final class KubeletPods implements PodSource {
    static final String PATH = "/pods";

    /** More than a hundred times what the pods of a large node take. */
    private static final long MOST = 512L << 20;

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    private static final Duration LONGEST_INTERVAL = Duration.ofSeconds(10);
    private static final int IDLE_SECONDS = 60;

    /** Whom the kubelet has a pod from: {@code api}, {@code file} or {@code http} ({@code pkg/kubelet/types/pod_update.go}). */
    private static final String SOURCE = "kubernetes.io/config.source";

    private static final Set<String> OWN = Set.of("file", "http");
    private static final Logger LOG = LoggerFactory.getLogger(KubeletPods.class);

    private final KubeletClient client;
    private final String node;
    private final Duration interval;
    private final Timer timer;
    private final Backoff backoff;
    private final PodListReader reader = new PodListReader();
    private final List<Consumer<String>> listeners = new CopyOnWriteArrayList<>();
    private final ThreadPoolExecutor worker = worker();
    private volatile Optional<PodListReader.Pods> known = Optional.empty();
    private volatile Optional<String> trouble = Optional.of("the kubelet was not asked yet");
    private volatile boolean closed;
    private int failures;

    KubeletPods(KubeletClient client, String node, Duration interval, Timer timer, Backoff backoff) {
        this.client = client;
        this.node = node;
        this.interval = interval;
        this.timer = timer;
        this.backoff = backoff;
    }

    /**
     * Begins to ask for the pods of a node, every ten seconds or, where that is less, at the interval given.
     *
     * @param client not closed with this
     * @param checkInterval of the configuration
     * @param executor tells when it is time; what takes long is done on a thread of its own. Not closed with this
     */
    public static KubeletPods start(
            KubeletClient client, String node, Duration checkInterval, ScheduledExecutorService executor) {
        var pods = of(client, node, checkInterval, executor);
        pods.start();
        return pods;
    }

    /** The same in place of another one: the pods that that one knows hold until this one has heard of them. */
    public static KubeletPods startAfter(
            KubeletPods before,
            KubeletClient client,
            String node,
            Duration checkInterval,
            ScheduledExecutorService executor) {
        var pods = of(client, node, checkInterval, executor);
        pods.take(before);
        pods.start();
        return pods;
    }

    private static KubeletPods of(
            KubeletClient client, String node, Duration checkInterval, ScheduledExecutorService executor) {
        var interval = checkInterval.compareTo(LONGEST_INTERVAL) < 0 ? checkInterval : LONGEST_INTERVAL;
        var backoff = new Backoff(FIRST_PAUSE, LONGEST_PAUSE, new SplittableRandom());
        return new KubeletPods(client, node, interval, Timer.on(executor), backoff);
    }

    /** Before {@link #start}. */
    void take(KubeletPods before) {
        known = before.known.map(pods -> new PodListReader.Pods(pods.byUid(), false));
    }

    @Override
    public Snapshot snapshot() {
        var now = known;
        return now.isPresent()
                ? new Snapshot.Synced(now.get().byUid().values(), now.get().complete())
                : new Snapshot.Unknown(trouble.orElse("the kubelet was not asked yet"));
    }

    @Override
    public void onChange(Consumer<String> uid) {
        listeners.add(uid);
    }

    /** The pod of that uid as last heard. */
    public Optional<Pod> find(String uid) {
        return known.map(pods -> pods.byUid().get(uid));
    }

    /** Whether the pods were heard since the start: what readiness waits for. A kubelet that is lost later does not undo it. */
    public boolean isSynced() {
        return known.isPresent();
    }

    /** Why the kubelet cannot be asked at present; empty while it can. Nothing that a process should be restarted for. */
    public Optional<String> trouble() {
        return trouble;
    }

    @Override
    public void close() {
        closed = true;
        worker.shutdownNow();
    }

    void start() {
        worker.execute(this::round);
    }

    private void round() {
        var next = interval;
        try {
            next = poll();
        } finally {
            again(next);
        }
    }

    private void again(Duration delay) {
        if (!closed) {
            timer.after(delay, () -> {
                if (!closed) {
                    worker.execute(this::round);
                }
            });
        }
    }

    /** Asks once; how long to wait until the next time. */
    synchronized Duration poll() {
        var before = known.map(PodListReader.Pods::byUid).orElse(Map.of());
        var reply = client.get(PATH, "application/json", MOST, in -> reader.read(in, node, before::get));
        if (closed) {
            return interval;
        }
        if (reply instanceof Reply.Bad<PodListReader.Pods> bad) {
            failures++;
            if (!trouble.equals(Optional.of(bad.reason()))) {
                LOG.warn("the pods of {} cannot be heard: {}; trying again, the last known hold", node, bad.reason());
            }
            trouble = Optional.of(bad.reason());
            return backoff.delay(failures);
        }
        var now = ((Reply.Good<PodListReader.Pods>) reply).value();
        if (hasOthers(before) && !hasOthers(now.byUid())) {
            return hold(before, now.byUid());
        }
        if (known.isEmpty()) {
            LOG.info("heard of {} pods on {} from the kubelet", now.byUid().size(), node);
        } else if (trouble.isPresent()) {
            LOG.info("the kubelet is heard again");
        }
        failures = 0;
        known = Optional.of(now);
        trouble = Optional.empty();
        tell(before, now.byUid());
        return interval;
    }

    /**
     * A kubelet answers before the API server told it anything, and while that is away it has its own pods only: those of
     * others run on, and their limits are not to be taken back.
     */
    private Duration hold(Map<String, Pod> before, Map<String, Pod> now) {
        failures = 0;
        var reason = "the kubelet tells no pod of the API server any more: it may have started anew";
        if (!trouble.equals(Optional.of(reason))) {
            LOG.warn("{}; the last known pods of {} hold", reason, node);
        }
        var both = new HashMap<>(before);
        both.putAll(now);
        known = Optional.of(new PodListReader.Pods(both, false));
        trouble = Optional.of(reason);
        tell(before, both);
        return interval;
    }

    private static boolean hasOthers(Map<String, Pod> pods) {
        return pods.values().stream()
                .anyMatch(pod -> !OWN.contains(pod.annotations().getOrDefault(SOURCE, "")));
    }

    private void tell(Map<String, Pod> before, Map<String, Pod> now) {
        before.keySet().stream().filter(uid -> !now.containsKey(uid)).forEach(this::changed);
        now.forEach((uid, pod) -> {
            if (!pod.equals(before.get(uid))) {
                changed(uid);
            }
        });
    }

    private void changed(String uid) {
        for (var listener : listeners) {
            try {
                listener.accept(uid);
            } catch (RuntimeException e) {
                LOG.error("a listener failed", e);
            }
        }
    }

    private static ThreadPoolExecutor worker() {
        var worker = new ThreadPoolExecutor(1, 1, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
            var thread = new Thread(task, "diskguard-kubelet-pods");
            thread.setDaemon(true);
            return thread;
        });
        worker.allowCoreThreadTimeOut(true);
        worker.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
        return worker;
    }
}
