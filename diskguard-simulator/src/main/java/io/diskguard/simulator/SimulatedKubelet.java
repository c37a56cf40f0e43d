/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.simulator;

import io.diskguard.model.CgroupPath;
import io.diskguard.model.Container;
import io.diskguard.model.ContainerId;
import io.diskguard.model.Pod;
import io.diskguard.spi.PodCgroups;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * Kubelet and runtime in one: makes the cgroup and the one process of each container, and knows where they are. Thread-safe:
 * who changes something holds the node's lock, who asks looks at the hierarchy.
 */
final class SimulatedKubelet implements PodCgroups {
    private static final long FIRST_PID = 1000;

    private final SimulatedCgroupFs cgroups;
    private final SimulatedProc proc;
    private final String controllers;
    private final Map<String, Pod> running = new HashMap<>();
    private final Map<String, Map<String, SimulatedVolume>> volumes = new HashMap<>();
    private final Map<ContainerId, Long> pids = new LinkedHashMap<>();
    private final List<Consumer<String>> listeners = new CopyOnWriteArrayList<>();
    private long nextPid = FIRST_PID;

    /** @param controllers what stands before the path in {@code /proc/<pid>/cgroup} */
    SimulatedKubelet(SimulatedCgroupFs cgroups, SimulatedProc proc, String controllers) {
        this.cgroups = cgroups;
        this.proc = proc;
        this.controllers = controllers;
        cgroups.makeAll(KubeletPaths.BURSTABLE);
        cgroups.makeAll(KubeletPaths.BEST_EFFORT);
    }

    void volume(String podUid, String name, SimulatedVolume volume) {
        volumes.computeIfAbsent(podUid, none -> new HashMap<>()).put(name, volume);
    }

    /** Starts the containers that are new and ends those that are gone. */
    void run(Pod pod) {
        var before = Optional.ofNullable(running.put(pod.uid(), pod));
        before.ifPresent(
                old -> ids(old).stream().filter(id -> !ids(pod).contains(id)).forEach(id -> stop(old, id)));
        for (var container : pod.containers()) {
            container.id().filter(id -> !pids.containsKey(id)).ifPresent(id -> start(pod, container, id));
        }
    }

    private void start(Pod pod, Container container, ContainerId id) {
        var cgroup = KubeletPaths.of(pod, id);
        var pid = nextPid++;
        cgroups.makeAll(cgroup);
        listeners.forEach(listener -> listener.accept(pod.cgroupUid()));
        var seen = new ContainerView(proc).mounts(pid, container, volumes.getOrDefault(pod.uid(), Map.of()));
        proc.startProcess(pid, controllers, cgroup, seen);
        cgroups.startProcess(cgroup, pid);
        pids.put(id, pid);
    }

    private void stop(Pod pod, ContainerId id) {
        Optional.ofNullable(pids.remove(id)).ifPresent(proc::endProcess);
        cgroups.rmdirRecursive(KubeletPaths.of(pod, id));
    }

    /** Ends a pod, its cgroups first; empty if it does not run. */
    Optional<Pod> end(String uid) {
        var pod = Optional.ofNullable(running.remove(uid));
        pod.ifPresent(ended -> {
            ids(ended).forEach(id -> stop(ended, id));
            cgroups.rmdirRecursive(KubeletPaths.of(ended));
            volumes.remove(uid);
        });
        return pod;
    }

    Optional<Long> pidOf(ContainerId container) {
        return Optional.ofNullable(pids.get(container));
    }

    Optional<CgroupPath> cgroupOf(ContainerId container) {
        return running.values().stream()
                .filter(pod -> ids(pod).contains(container))
                .findFirst()
                .map(pod -> KubeletPaths.of(pod, container));
    }

    /** Every container that runs, and its cgroup. */
    Map<ContainerId, CgroupPath> containers() {
        var all = new LinkedHashMap<ContainerId, CgroupPath>();
        running.values().forEach(pod -> ids(pod).forEach(id -> all.put(id, KubeletPaths.of(pod, id))));
        return all;
    }

    @Override
    public Optional<CgroupPath> find(Pod pod, ContainerId id) {
        return Optional.of(KubeletPaths.of(pod, id)).filter(cgroups::exists);
    }

    @Override
    public List<ContainerCgroup> containersOf(Pod pod) {
        var at = KubeletPaths.of(pod);
        var found = new ArrayList<ContainerCgroup>();
        cgroups.children(at).forEach(name -> found.add(new ContainerCgroup(at.child(name), name)));
        return List.copyOf(found);
    }

    @Override
    public void onAppeared(Consumer<String> cgroupUid) {
        listeners.add(cgroupUid);
    }

    @Override
    public void close() {
        listeners.clear();
    }

    private static List<ContainerId> ids(Pod pod) {
        return pod.containers().stream()
                .map(Container::id)
                .flatMap(Optional::stream)
                .toList();
    }
}
