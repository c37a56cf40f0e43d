/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.e2e.scenarios.kernel;

import io.diskguard.model.Pod;
import io.diskguard.spi.PodSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** The pods that a test says there are. Thread-safe. */
final class GivenPods implements PodSource {
    private final Map<String, Pod> pods = new ConcurrentHashMap<>();
    private final List<Consumer<String>> listeners = new CopyOnWriteArrayList<>();

    void add(Pod pod) {
        pods.put(pod.uid(), pod);
        listeners.forEach(listener -> listener.accept(pod.uid()));
    }

    void remove(Pod pod) {
        pods.remove(pod.uid());
        listeners.forEach(listener -> listener.accept(pod.uid()));
    }

    @Override
    public Snapshot snapshot() {
        return new Snapshot.Synced(pods.values());
    }

    @Override
    public void onChange(Consumer<String> uid) {
        listeners.add(uid);
    }

    @Override
    public void close() {}
}
