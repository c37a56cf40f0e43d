/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.simulator;

import io.diskguard.model.Pod;
import io.diskguard.spi.PodSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** The pods of the simulated node, as an informer would know them. Thread-safe. */
final class SimulatedPods implements PodSource {
    private final Map<String, Pod> byUid = new TreeMap<>();
    private final List<Consumer<String>> listeners = new CopyOnWriteArrayList<>();
    private Optional<String> lost = Optional.empty();

    void put(Pod pod) {
        synchronized (byUid) {
            byUid.put(pod.uid(), pod);
        }
        tell(pod.uid());
    }

    void remove(String uid) {
        synchronized (byUid) {
            byUid.remove(uid);
        }
        tell(uid);
    }

    /** The source does not answer any more, and tells of no change. */
    void lose(String reason) {
        synchronized (byUid) {
            lost = Optional.of(reason);
        }
    }

    /** It answers again, and tells of every pod, as after a new list. */
    void find() {
        final List<String> uids;
        synchronized (byUid) {
            lost = Optional.empty();
            uids = List.copyOf(byUid.keySet());
        }
        uids.forEach(this::tell);
    }

    Map<String, String> annotations(String uid) {
        synchronized (byUid) {
            var pod = byUid.get(uid);
            return pod == null ? Map.of() : pod.annotations();
        }
    }

    /** Whether there is such a pod. */
    boolean annotate(String uid, Map<String, Optional<String>> changes) {
        synchronized (byUid) {
            var pod = byUid.get(uid);
            if (pod == null) {
                return false;
            }
            var annotations = new HashMap<>(pod.annotations());
            changes.forEach((key, value) ->
                    value.ifPresentOrElse(text -> annotations.put(key, text), () -> annotations.remove(key)));
            byUid.put(
                    uid,
                    new Pod(
                            uid,
                            pod.namespace(),
                            pod.name(),
                            pod.qosClass(),
                            pod.labels(),
                            annotations,
                            pod.containers()));
        }
        tell(uid);
        return true;
    }

    private void tell(String uid) {
        synchronized (byUid) {
            if (lost.isPresent()) {
                return;
            }
        }
        listeners.forEach(listener -> listener.accept(uid));
    }

    @Override
    public Snapshot snapshot() {
        synchronized (byUid) {
            return lost.<Snapshot>map(Snapshot.Unknown::new).orElseGet(() -> new Snapshot.Synced(byUid.values()));
        }
    }

    @Override
    public void onChange(Consumer<String> uid) {
        listeners.add(uid);
    }

    /** Callbacks end; the pods stay known. */
    @Override
    public void close() {
        listeners.clear();
    }
}
