/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.podsdir;

import io.diskguard.model.Pod;
import io.diskguard.spi.PodSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The pods whose manifests lie in a directory: {@code *.yaml}, {@code *.yml} and {@code *.json} files, each with one or
 * more Pod objects, or lists of them. An invalid file keeps its last valid pods, a deleted one takes its pods away, a
 * directory that vanishes keeps all. While a file was never valid, the pods are said not to be complete. Thread-safe.
 */
public final class ManifestPodSource implements PodSource {
    /** How long a missed file event stays unnoticed. */
    static final Duration POLL = Duration.ofSeconds(5);
    /** When an invalid file is looked at again, before it is complained about. */
    static final Duration SETTLE = Duration.ofMillis(500);

    private static final Logger LOG = LoggerFactory.getLogger(ManifestPodSource.class);

    private final ManifestDirectory manifests;
    private final DirectoryWatch watch;
    private final List<Consumer<String>> listeners = new CopyOnWriteArrayList<>();
    private volatile Optional<Map<String, Pod>> known = Optional.empty();
    private volatile boolean complete;
    private volatile boolean closed;

    private ManifestPodSource(Path directory) {
        this.manifests = new ManifestDirectory(directory);
        this.watch = new DirectoryWatch(directory);
    }

    /** Reads the directory now and, with a thread of the factory, follows it until closed. */
    public static ManifestPodSource watching(Path directory, ThreadFactory threads) {
        var source = new ManifestPodSource(directory);
        source.watch.register();
        source.refresh();
        threads.newThread(source::follow).start();
        return source;
    }

    /** Reads the directory now, and again only when {@link #refresh} is called. */
    public static ManifestPodSource reading(Path directory) {
        var source = new ManifestPodSource(directory);
        source.refresh();
        return source;
    }

    /** Reads what changed in the directory and calls the listeners back before it returns. */
    public void refresh() {
        Set<String> changed;
        synchronized (manifests) {
            if (!manifests.refresh()) {
                return;
            }
            var before = known.orElse(Map.of());
            var now = Map.copyOf(manifests.pods());
            changed = new HashSet<>(before.keySet());
            changed.addAll(now.keySet());
            changed.removeIf(uid -> Objects.equals(before.get(uid), now.get(uid)));
            complete = manifests.isComplete();
            known = Optional.of(now);
        }
        changed.forEach(uid -> listeners.forEach(listener -> listener.accept(uid)));
    }

    /** What is wrong with the manifests now: file and problem; empty if all is well. */
    public List<String> problems() {
        synchronized (manifests) {
            return manifests.problems();
        }
    }

    @Override
    public Snapshot snapshot() {
        var pods = known;
        return pods.isPresent()
                ? new Snapshot.Synced(pods.get().values(), complete)
                : new Snapshot.Unknown(whyUnknown());
    }

    @Override
    public void onChange(Consumer<String> uid) {
        listeners.add(uid);
    }

    @Override
    public void close() {
        closed = true;
        watch.close();
    }

    private String whyUnknown() {
        synchronized (manifests) {
            return manifests.unreadable().orElse("the pod manifest directory was not read yet");
        }
    }

    private void follow() {
        while (!closed) {
            try {
                watch.await(nextLook());
                if (!closed) {
                    refresh();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException e) {
                LOG.error("reading the pod manifests failed; trying again", e);
            }
        }
    }

    private Duration nextLook() {
        synchronized (manifests) {
            return manifests.hasUnconfirmed() ? SETTLE : POLL;
        }
    }
}
