/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.exchange;

import io.diskguard.model.CgroupPath;
import io.diskguard.model.ContainerId;
import io.diskguard.model.Pod;
import io.diskguard.spi.PodCgroups;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Where containers are, as it is told at present. Closing it closes who tells. Thread-safe. */
public final class SwitchedCgroups implements PodCgroups {
    private final Switch<PodCgroups> at;
    private final List<Consumer<String>> listeners = new CopyOnWriteArrayList<>();

    public SwitchedCgroups(PodCgroups first) {
        at = new Switch<>(first);
        first.onAppeared(this::appeared);
    }

    /** @param next is heard from at once, so that nothing it tells is missed */
    public Exchange to(PodCgroups next) {
        next.onAppeared(this::appeared);
        return at.to(next);
    }

    @Override
    public Optional<CgroupPath> find(Pod pod, ContainerId id) {
        return at.now().find(pod, id);
    }

    @Override
    public List<ContainerCgroup> containersOf(Pod pod) {
        return at.now().containersOf(pod);
    }

    @Override
    public void onAppeared(Consumer<String> cgroupUid) {
        listeners.add(cgroupUid);
    }

    @Override
    public void refresh() {
        at.now().refresh();
    }

    @Override
    public void close() {
        at.close();
    }

    private void appeared(String cgroupUid) {
        listeners.forEach(listener -> listener.accept(cgroupUid));
    }
}
