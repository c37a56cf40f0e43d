/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.view;

import io.diskguard.model.CgroupPath;
import io.diskguard.model.ContainerKey;
import io.diskguard.model.DeviceId;
import io.diskguard.model.Pod;
import io.diskguard.reconcile.Explanation;
import io.diskguard.reconcile.PodRun;
import io.diskguard.spi.LimitPolicy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** How each pod's containers stood after the last run over it, and what went wrong. Written by one thread, read by any. */
final class Standings {
    private final Map<String, Seen> pods = new ConcurrentHashMap<>();
    private final Map<String, List<LimitPolicy.Problem>> news = new HashMap<>();
    private final Map<String, Map<CgroupPath, String>> unreadable = new ConcurrentHashMap<>();
    private final Map<String, String> failures = new ConcurrentHashMap<>();
    private final Map<Place, Trouble> troubles = new ConcurrentHashMap<>();

    /** A disk of a cgroup. */
    record Place(CgroupPath cgroup, DeviceId disk) {}

    /** Why the kernel has not what it should have. */
    record Trouble(DiskStanding.State state, String detail) {}

    /** @param problems all that its owner wrote wrong */
    record Seen(Pod pod, Instant at, List<Explanation.Row> rows, List<LimitPolicy.Problem> problems) {}

    void ran(PodRun run, Instant at) {
        var uid = run.pod().uid();
        var told = Optional.ofNullable(news.remove(uid)).orElseGet(List::of);
        var problems = new LinkedHashSet<LimitPolicy.Problem>();
        Optional.ofNullable(pods.get(uid))
                .filter(before -> before.pod().annotations().equals(run.pod().annotations()))
                .ifPresent(before -> problems.addAll(before.problems()));
        problems.addAll(told);
        for (var row : run.rows()) {
            if (row.kernel().equals(Optional.of(row.decision().limit()))) {
                troubles.remove(place(row));
            }
        }
        var read = run.rows().stream().map(row -> row.target().cgroup()).toList();
        unreadable.computeIfPresent(uid, (pod, cgroups) -> {
            var left = new HashMap<>(cgroups);
            left.keySet().removeAll(read);
            return left.isEmpty() ? null : left;
        });
        failures.remove(uid);
        pods.put(uid, new Seen(run.pod(), at, run.rows(), List.copyOf(problems)));
    }

    void invalid(Pod pod, LimitPolicy.Problem problem) {
        news.computeIfAbsent(pod.uid(), uid -> new ArrayList<>()).add(problem);
    }

    void unreadable(Pod pod, CgroupPath cgroup, String words) {
        unreadable.computeIfAbsent(pod.uid(), uid -> new ConcurrentHashMap<>()).put(cgroup, words);
    }

    void failed(String uid, String words) {
        failures.put(uid, words);
    }

    void trouble(CgroupPath cgroup, DeviceId disk, Trouble trouble) {
        troubles.put(new Place(cgroup, disk), trouble);
    }

    /** Forgets all other pods. */
    void retain(Set<String> uids) {
        pods.keySet().retainAll(uids);
        news.keySet().retainAll(uids);
        unreadable.keySet().retainAll(uids);
        failures.keySet().retainAll(uids);
        var cgroups = new LinkedHashSet<CgroupPath>();
        pods.values().forEach(pod -> pod.rows()
                .forEach(row -> cgroups.add(row.target().cgroup())));
        troubles.keySet().removeIf(place -> !cgroups.contains(place.cgroup()));
    }

    Collection<Seen> seen() {
        return pods.values();
    }

    /** Containers that the kernel limits somewhere. */
    Set<ContainerKey> limited() {
        var limited = new HashSet<ContainerKey>();
        pods.values().forEach(pod -> pod.rows().stream()
                .filter(row -> row.kernel().filter(it -> !it.isUnlimited()).isPresent())
                .flatMap(row -> row.target().container().stream())
                .forEach(container -> limited.add(new ContainerKey(pod.pod().uid(), container.name()))));
        return limited;
    }

    Optional<Trouble> trouble(Explanation.Row row) {
        return Optional.ofNullable(troubles.get(place(row)));
    }

    PodTrouble of(Seen pod) {
        var uid = pod.pod().uid();
        return new PodTrouble(
                pod.pod(),
                pod.problems(),
                List.copyOf(unreadable.getOrDefault(uid, Map.of()).values()),
                Optional.ofNullable(failures.get(uid)));
    }

    private static Place place(Explanation.Row row) {
        return new Place(row.target().cgroup(), row.use().disk().id());
    }
}
