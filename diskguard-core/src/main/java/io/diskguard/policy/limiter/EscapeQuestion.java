/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.policy.limiter;

import io.diskguard.model.CgroupPath;
import io.diskguard.model.Container;
import io.diskguard.model.DeviceId;
import io.diskguard.model.Disk;
import io.diskguard.model.DiskUse;
import io.diskguard.model.IoLimit;
import io.diskguard.model.MountRef;
import io.diskguard.model.Pod;
import io.diskguard.policy.PolicyChain;
import io.diskguard.spi.LimitEscapes.Asked;
import io.diskguard.spi.LimitPolicy;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What is asked of a container's limits. Pure. */
public final class EscapeQuestion {
    /** Stands for that of a volume, whichever it is. */
    private static final Disk SOME = new Disk(new DeviceId(0, 0), "some");

    private EscapeQuestion() {}

    /** What to ask about a container whose limits these are; empty if there is nothing to ask. */
    public static Optional<Asked> of(
            PolicyChain policies, Pod pod, Container container, CgroupPath cgroup, Map<Disk, IoLimit> limits) {
        var named = policies.named(pod).volumes();
        var volumes = new HashSet<String>();
        for (var mount : named.isEmpty() ? List.<MountRef>of() : container.mounts()) {
            var use = new DiskUse(SOME, false, Set.of(mount.volume()), false);
            if (named.contains(mount.volume())
                    && !limit(policies, pod, container, use).isUnlimited()) {
                volumes.add(mount.volume());
            }
        }
        return limits.isEmpty() && volumes.isEmpty()
                ? Optional.empty()
                : Optional.of(new Asked(pod, container, cgroup, limits, volumes));
    }

    private static IoLimit limit(PolicyChain policies, Pod pod, Container container, DiskUse use) {
        return policies.decide(new LimitPolicy.Subject(pod, Optional.of(container), use))
                .limit();
    }
}
