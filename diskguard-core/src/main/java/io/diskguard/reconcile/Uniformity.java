/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.reconcile;

import io.diskguard.filter.PodFilter;
import io.diskguard.model.Disk;
import io.diskguard.model.DiskUse;
import io.diskguard.model.IoLimit;
import io.diskguard.model.Pod;
import io.diskguard.policy.PolicyChain;
import io.diskguard.spi.LimitPolicy;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;

/** Tells whether all containers of a pod are treated alike: then a cgroup can be limited before it is known whose it is. */
record Uniformity(PodFilter filter, PolicyChain policies) {
    boolean isUniform(Pod pod, Collection<Disk> disks) {
        if (filter.excludes(pod).isPresent()) {
            return true;
        }
        var named = policies.named(pod);
        return filter.isUniform(pod)
                && !named.places()
                && named.devices().isEmpty()
                && disks.stream().allMatch(disk -> isUniform(pod, DiskUse.guarded(disk)));
    }

    private boolean isUniform(Pod pod, DiskUse use) {
        var limits = new HashSet<IoLimit>();
        for (var container : pod.containers()) {
            limits.add(policies.decide(new LimitPolicy.Subject(pod, Optional.of(container), use))
                    .limit());
        }
        return limits.size() <= 1;
    }
}
