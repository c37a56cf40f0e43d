/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.smart;

import io.diskguard.model.DeviceId;
import io.diskguard.model.Disk;
import io.diskguard.policy.smart.SmartLimit;
import io.diskguard.smart.state.Remembered;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which smart limits of a pod go on after a start. The mark on its cgroup is the truth for a container that runs: where there
 * is one, with a smart limit or without, annotations say nothing. They hold for containers without a mark.
 */
final class Restore {
    private Restore() {}

    /**
     * A limit that goes on.
     *
     * @param isCertain whether a mark says so; else anybody may have written it
     */
    record Restored(String container, Disk disk, SmartLimit limit, boolean isCertain) {}

    /**
     * By container, by disk; of containers and disks that the pod has.
     *
     * @param remembered in the pod's annotations
     * @param inMarks the smart limits in the marks, by container name
     * @param marked names of the containers whose cgroup has any mark of ours
     * @param containers names of the pod's containers
     * @param disks the pod's, with their identities
     */
    static List<Restored> of(
            Remembered remembered,
            Map<String, ? extends Map<DeviceId, SmartLimit>> inMarks,
            Set<String> marked,
            Set<String> containers,
            Map<Disk, String> disks) {
        var restored = new ArrayList<Restored>();
        for (var container : new TreeSet<>(containers)) {
            var byDisk = inMarks.get(container);
            for (var disk : new TreeMap<>(disks).entrySet()) {
                var limit = byDisk != null
                        ? Optional.ofNullable(byDisk.get(disk.getKey().id()))
                        : marked.contains(container)
                                ? Optional.<SmartLimit>empty()
                                : remembered.of(container, disk.getValue());
                if (limit.isPresent()) {
                    restored.add(new Restored(container, disk.getKey(), limit.get(), byDisk != null));
                }
            }
        }
        return restored;
    }
}
