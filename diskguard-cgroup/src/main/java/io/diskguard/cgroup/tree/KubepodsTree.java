/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.cgroup.tree;

import io.diskguard.model.CgroupPath;
import io.diskguard.model.ContainerId;
import io.diskguard.model.Pod;
import io.diskguard.spi.CgroupFs;
import io.diskguard.spi.PodCgroups;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * Pods in the cgroup tree by their uid, at any depth and below any cgroup root. A pod that is not known is looked for by
 * scanning the tree; while a {@link CgroupTreeWatch} reports what appears, a pod that a scan did not find is not looked
 * for again before something changed. Thread-safe.
 */
public final class KubepodsTree implements PodCgroups {
    /** More than a node keeps of pods that ended (the controller manager's {@code --terminated-pod-gc-threshold}). */
    private static final int MOST_MISSED = 16_384;

    private final CgroupFs fs;
    private final List<Consumer<String>> listeners = new CopyOnWriteArrayList<>();
    private final Object lock = new Object();
    private final Map<String, Set<CgroupPath>> byUid = new HashMap<>();
    private final Set<String> missed = new HashSet<>();
    private long changes;
    private long changesScanned = -1;
    private Optional<CgroupTreeWatch> watch = Optional.empty();

    private KubepodsTree(CgroupFs fs) {
        this.fs = fs;
    }

    /** Scans the hierarchy when it is first asked or {@linkplain #refresh refreshed}. */
    public static KubepodsTree open(CgroupFs fs) {
        return new KubepodsTree(fs);
    }

    /**
     * Starts to report what appears.
     *
     * @param roots further cgroups below which the kubelet may make its own later ({@code --cgroup-root})
     * @throws IllegalStateException if it is watched already
     */
    public CgroupTreeWatch watch(Collection<CgroupPath> roots) {
        final CgroupTreeWatch opened;
        synchronized (lock) {
            if (watch.isPresent()) {
                throw new IllegalStateException("watched already");
            }
            opened = new CgroupTreeWatch(fs, this, roots);
            watch = Optional.of(opened);
        }
        opened.open();
        return opened;
    }

    @Override
    public Optional<CgroupPath> find(Pod pod, ContainerId id) {
        var names = KubepodsPaths.containerNames(id);
        var known = places(pod);
        return find(known, names).or(() -> find(placesAfterMiss(pod, known), names));
    }

    private Optional<CgroupPath> find(List<CgroupPath> places, List<String> names) {
        for (var place : places) {
            for (var name : names) {
                var path = place.child(name);
                if (fs.exists(path)) {
                    return Optional.of(path);
                }
            }
        }
        return Optional.empty();
    }

    @Override
    public List<ContainerCgroup> containersOf(Pod pod) {
        var known = places(pod);
        var found = new ArrayList<ContainerCgroup>();
        for (var place : known.isEmpty() ? placesAfterMiss(pod, known) : known) {
            for (var name : fs.children(place)) {
                KubepodsPaths.containerId(name).ifPresent(id -> found.add(new ContainerCgroup(place.child(name), id)));
            }
        }
        return List.copyOf(found);
    }

    @Override
    public void onAppeared(Consumer<String> cgroupUid) {
        listeners.add(cgroupUid);
    }

    @Override
    public void refresh() {
        rescan();
    }

    /** Reads the whole tree again. */
    public void rescan() {
        final long changesSeen;
        synchronized (lock) {
            changesSeen = changes;
        }
        var fresh = new HashMap<String, Set<CgroupPath>>();
        new TreeScan(fs, (path, uid) -> fresh.computeIfAbsent(uid, none -> new TreeSet<>())
                        .add(path))
                .run(CgroupPath.ROOT);
        synchronized (lock) {
            byUid.forEach((uid, paths) -> {
                // What the watch reported meanwhile may be missing in the scan
                paths.removeIf(path -> !fresh.getOrDefault(uid, Set.of()).contains(path) && !fs.exists(path));
            });
            fresh.forEach((uid, paths) ->
                    byUid.computeIfAbsent(uid, none -> new TreeSet<>()).addAll(paths));
            byUid.values().removeIf(Set::isEmpty);
            changesScanned = Math.max(changesScanned, changesSeen);
            // A part of the tree that was not watched and turns out to hold pods is from now on
            watch.ifPresent(to -> withParents(fresh.values()).forEach(to::watch));
        }
    }

    private static Set<CgroupPath> withParents(Collection<Set<CgroupPath>> pods) {
        var all = new TreeSet<CgroupPath>();
        pods.forEach(paths -> paths.forEach(path -> {
            path.parent().ifPresent(all::add);
            all.add(path);
        }));
        return all;
    }

    @Override
    public void close() {
        Optional<CgroupTreeWatch> closing;
        synchronized (lock) {
            closing = watch;
        }
        closing.ifPresent(CgroupTreeWatch::close);
        listeners.clear();
    }

    /** A pod's cgroup was seen. */
    void saw(CgroupPath pod, String uid) {
        synchronized (lock) {
            byUid.computeIfAbsent(uid, none -> new TreeSet<>()).add(pod);
            missed.remove(uid);
            changes++;
        }
    }

    /** A pod's cgroup went. */
    void lost(CgroupPath pod, String uid) {
        synchronized (lock) {
            forget(pod, uid);
        }
    }

    /** Something appeared in the tree. */
    void changed() {
        synchronized (lock) {
            changes++;
        }
    }

    void appeared(String uid) {
        listeners.forEach(listener -> listener.accept(uid));
    }

    /** The pod's cgroups that are still there. */
    private List<CgroupPath> places(Pod pod) {
        var uid = pod.cgroupUid();
        List<CgroupPath> known;
        synchronized (lock) {
            known = List.copyOf(byUid.getOrDefault(uid, Set.of()));
        }
        var there = known.stream().filter(fs::exists).toList();
        if (there.size() < known.size()) {
            synchronized (lock) {
                known.stream().filter(path -> !there.contains(path)).forEach(path -> forget(path, uid));
            }
        }
        return there;
    }

    private List<CgroupPath> placesAfterMiss(Pod pod, List<CgroupPath> before) {
        boolean worthIt;
        synchronized (lock) {
            var watched = watch.isPresent() && !watch.get().polling();
            // A change is worth one scan, and so is a pod never asked for; else each that ended would cost one at each
            // change
            worthIt = !watched
                    || !byUid.containsKey(pod.cgroupUid())
                            && (changesScanned < changes || !missed.contains(pod.cgroupUid()));
        }
        if (!worthIt) {
            // The watch may have reported it since the first look
            return before.isEmpty() ? places(pod) : List.of();
        }
        rescan();
        var places = places(pod);
        if (places.isEmpty()) {
            synchronized (lock) {
                if (missed.size() >= MOST_MISSED) {
                    missed.clear();
                }
                missed.add(pod.cgroupUid());
            }
        }
        return places;
    }

    private void forget(CgroupPath pod, String uid) {
        byUid.computeIfPresent(uid, (same, paths) -> {
            paths.remove(pod);
            return paths.isEmpty() ? null : paths;
        });
    }
}
