/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.smart;

import io.diskguard.model.ContainerKey;
import io.diskguard.model.DeviceId;
import io.diskguard.model.IoLimit;
import io.diskguard.model.Pod;
import io.diskguard.policy.smart.Watched;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The containers whose load is watched, as their pods were reconciled last. Used by the loop's thread. */
final class Roster {
    private final Map<String, Entry> byPod = new LinkedHashMap<>();

    /**
     * @param absent names of containers that do not run
     * @param limits what the kernel has for each container
     */
    private record Entry(
            Pod pod, List<Watched> watched, Set<String> absent, Map<ContainerKey, Map<DeviceId, IoLimit>> limits) {}

    void put(Pod pod, List<Watched> watched, Set<String> absent) {
        var before = byPod.get(pod.uid());
        var limits = before == null ? Map.<ContainerKey, Map<DeviceId, IoLimit>>of() : before.limits();
        byPod.put(pod.uid(), new Entry(pod, List.copyOf(watched), Set.copyOf(absent), limits));
    }

    void limits(String uid, Map<ContainerKey, Map<DeviceId, IoLimit>> limits) {
        byPod.computeIfPresent(
                uid, (same, entry) -> new Entry(entry.pod(), entry.watched(), entry.absent(), Map.copyOf(limits)));
    }

    void retain(Set<String> uids) {
        byPod.keySet().retainAll(uids);
    }

    List<Watched> watched() {
        var all = new ArrayList<Watched>();
        byPod.values().forEach(entry -> all.addAll(entry.watched()));
        return all;
    }

    Set<ContainerKey> absent() {
        var all = new LinkedHashSet<ContainerKey>();
        byPod.forEach((uid, entry) -> entry.absent().forEach(name -> all.add(new ContainerKey(uid, name))));
        return all;
    }

    Optional<Watched> find(ContainerKey container) {
        var entry = byPod.get(container.podUid());
        return entry == null
                ? Optional.empty()
                : entry.watched().stream()
                        .filter(each -> each.container().name().equals(container.name()))
                        .findFirst();
    }

    /** The pod as it was reconciled last. */
    Optional<Pod> pod(String uid) {
        return Optional.ofNullable(byPod.get(uid)).map(Entry::pod);
    }

    /** What the kernel had when the pod was reconciled last. */
    IoLimit inKernel(ContainerKey container, DeviceId disk) {
        var entry = byPod.get(container.podUid());
        return entry == null
                ? IoLimit.UNLIMITED
                : entry.limits().getOrDefault(container, Map.of()).getOrDefault(disk, IoLimit.UNLIMITED);
    }
}
