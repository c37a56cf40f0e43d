/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.reconcile;

import io.diskguard.filter.PodFilter;
import io.diskguard.model.Disk;
import io.diskguard.model.DiskUse;
import io.diskguard.model.IoLimit;
import io.diskguard.model.Pod;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.function.Supplier;

/** Tells whether all containers of a pod are treated alike: then a cgroup can be limited before it is known whose it is. */
record Uniformity(Supplier<PodFilter> filters, Supplier<Decider> deciders) {
    boolean isUniform(Pod pod, Collection<Disk> disks) {
        var filter = filters.get();
        if (filter.excludes(pod).isPresent()) {
            return true;
        }
        var decider = deciders.get();
        var named = decider.policies().named(pod);
        return filter.isUniform(pod)
                && !named.places()
                && named.devices().isEmpty()
                && disks.stream().allMatch(disk -> isUniform(pod, DiskUse.guarded(disk), decider));
    }

    private static boolean isUniform(Pod pod, DiskUse use, Decider decider) {
        var limits = new HashSet<IoLimit>();
        for (var container : pod.containers()) {
            limits.add(decider.decide(pod, Optional.of(container), use).limit());
        }
        return limits.size() <= 1;
    }
}
