/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.exchange;

import io.diskguard.model.Pod;
import io.diskguard.spi.PodSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** The pods as they are told at present. Closing it closes who tells them. Thread-safe. */
public final class SwitchedPods implements PodSource {
    private final Switch<PodSource> at;
    private final List<Consumer<String>> listeners = new CopyOnWriteArrayList<>();

    public SwitchedPods(PodSource first) {
        at = new Switch<>(first);
        first.onChange(this::changed);
    }

    /** @param next is heard from at once, so that nothing it tells is missed */
    public Exchange to(PodSource next) {
        next.onChange(this::changed);
        return at.to(next);
    }

    @Override
    public Snapshot snapshot() {
        return at.now().snapshot();
    }

    @Override
    public Optional<Pod> find(String uid) {
        return at.now().find(uid);
    }

    @Override
    public void onChange(Consumer<String> uid) {
        listeners.add(uid);
    }

    @Override
    public void close() {
        at.close();
    }

    private void changed(String uid) {
        listeners.forEach(listener -> listener.accept(uid));
    }
}
