/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.smart;

import io.diskguard.model.Disk;
import io.diskguard.model.Pod;
import io.diskguard.model.PodRef;
import io.diskguard.policy.smart.Watched;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A pod that was met, and what was looked up of it: a container may be read later than its pod is met, a disk found later.
 * Used by the loop's thread.
 */
final class Met {
    private final PodRef pod;
    /** Of which the annotations were asked for a limit from before. */
    private final Set<Place> told = new HashSet<>();
    /** Of which the mark was. */
    private final Set<Place> seen = new HashSet<>();

    private boolean begun;

    private record Place(String container, Disk disk) {}

    Met(PodRef pod) {
        this.pod = pod;
    }

    PodRef pod() {
        return pod;
    }

    /** All of it is to be looked up again. */
    void again() {
        told.clear();
        seen.clear();
        begun = false;
    }

    /** Whether nothing was looked up yet, or all is to be again; from now on it was. */
    boolean begin() {
        var isFirst = !begun;
        begun = true;
        return isFirst;
    }

    /**
     * By container, the disks of which it is to be looked up now whether there is a limit from before: each once.
     *
     * @param marked names of containers that have a mark of ours
     */
    SortedMap<String, Set<Disk>> fresh(
            Pod now, List<Watched> watched, Set<String> marked, Set<String> exempt, Collection<Disk> disks) {
        var all = new TreeSet<>(disks);
        watched.forEach(each -> all.addAll(each.disks()));
        var running = watched.stream().map(each -> each.container().name()).collect(Collectors.toSet());
        var fresh = new TreeMap<String, Set<Disk>>();
        for (var container : now.containers()) {
            var name = container.name();
            for (var disk : exempt.contains(name) ? Set.<Disk>of() : all) {
                var place = new Place(name, disk);
                var isFirst = told.add(place);
                if (running.contains(name) && seen.add(place) && marked.contains(name) || isFirst) {
                    fresh.computeIfAbsent(name, absent -> new TreeSet<>()).add(disk);
                }
            }
        }
        return fresh;
    }
}
