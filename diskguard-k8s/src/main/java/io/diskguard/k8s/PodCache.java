/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.k8s;

import io.diskguard.model.Pod;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import io.fabric8.kubernetes.client.informers.cache.ItemStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The pods as last heard: our own record of each, and of the client's object only what the client needs. Outlives the
 * informers that fill it, one after another. Thread-safe.
 */
final class PodCache {
    private static final Logger LOG = LoggerFactory.getLogger(KubernetesPods.class);

    private final Map<String, Entry> entries = new ConcurrentHashMap<>();
    private final Consumer<String> changed;
    private @Nullable View current;

    private record Entry(SlimPod shell, Optional<Pod> pod, boolean readable) {}

    /** @param changed told the uid of each pod that was added, changed or removed; a status that no limit depends on is no change */
    PodCache(Consumer<String> changed) {
        this.changed = changed;
    }

    /** For the next informer; what an earlier one still says is not listened to. */
    synchronized ItemStore<SlimPod> open() {
        current = new View();
        return current;
    }

    List<Pod> pods() {
        var pods = new ArrayList<Pod>(entries.size());
        entries.values().forEach(entry -> entry.pod().ifPresent(pods::add));
        return pods;
    }

    Optional<Pod> find(String uid) {
        for (var entry : entries.values()) {
            var pod = entry.pod();
            if (pod.isPresent() && pod.get().uid().equals(uid)) {
                return pod;
            }
        }
        return Optional.empty();
    }

    /** Whether every object could be understood. */
    boolean isComplete() {
        return entries.values().stream().allMatch(Entry::readable);
    }

    private synchronized boolean isCurrent(View view) {
        return view == current;
    }

    private @Nullable SlimPod put(String key, SlimPod slim) {
        var before = entries.get(key);
        var now = read(key, slim, before);
        entries.put(key, now);
        tell(before == null ? Optional.empty() : before.pod(), now.pod());
        return before == null ? null : before.shell();
    }

    private @Nullable SlimPod remove(String key) {
        var before = entries.remove(key);
        if (before == null) {
            return null;
        }
        tell(before.pod(), Optional.empty());
        return before.shell();
    }

    private void tell(Optional<Pod> before, Optional<Pod> now) {
        var uidBefore = before.map(Pod::uid);
        var uidNow = now.map(Pod::uid);
        if (!uidBefore.equals(uidNow)) {
            // Deleted and made again under the same name while nobody listened: two pods.
            uidBefore.ifPresent(changed);
        }
        if (!Objects.equals(before, now)) {
            uidNow.ifPresent(changed);
        }
    }

    private static Entry read(String key, SlimPod slim, @Nullable Entry before) {
        try {
            return new Entry(slim.shell(), PodReader.read(slim), true);
        } catch (IllegalArgumentException e) {
            LOG.error("pod {} cannot be understood, what was known of it holds: {}", key, e.getMessage());
            return new Entry(slim.shell(), before == null ? Optional.empty() : before.pod(), false);
        }
    }

    private final class View implements ItemStore<SlimPod> {
        @Override
        public String getKey(SlimPod pod) {
            return Cache.metaNamespaceKeyFunc(pod);
        }

        @Override
        public @Nullable SlimPod put(String key, SlimPod pod) {
            return isCurrent(this) ? PodCache.this.put(key, pod) : null;
        }

        @Override
        public @Nullable SlimPod remove(String key) {
            return isCurrent(this) ? PodCache.this.remove(key) : null;
        }

        @Override
        public Stream<String> keySet() {
            return entries.keySet().stream();
        }

        @Override
        public Stream<SlimPod> values() {
            return entries.values().stream().map(Entry::shell);
        }

        @Override
        public int size() {
            return entries.size();
        }

        @Override
        public @Nullable SlimPod get(String key) {
            var entry = entries.get(key);
            return entry == null ? null : entry.shell();
        }

        /** Shells only, so the client keeps no index of their fields. */
        @Override
        public boolean isFullState() {
            return false;
        }
    }
}
