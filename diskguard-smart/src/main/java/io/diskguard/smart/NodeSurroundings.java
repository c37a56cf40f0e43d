/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.smart;

import io.diskguard.config.DiskCapacity;
import io.diskguard.model.ContainerKey;
import io.diskguard.model.DeviceId;
import io.diskguard.model.Disk;
import io.diskguard.model.DiskUse;
import io.diskguard.model.IoLimit;
import io.diskguard.policy.PolicyChain;
import io.diskguard.policy.smart.Surroundings;
import io.diskguard.policy.smart.Watched;
import io.diskguard.spi.LimitPolicy;
import java.util.Optional;
import java.util.function.Function;

/** What holds on this node. */
record NodeSurroundings(Roster roster, PolicyChain policies, Function<DeviceId, DiskCapacity> capacities)
        implements Surroundings {
    @Override
    public IoLimit statics(ContainerKey container, Disk disk) {
        var watched = roster.find(container);
        return watched.isPresent() ? statics(watched.get(), disk) : notRunning(container, disk);
    }

    /** What will hold once it runs: else a container that starts anew is judged by other limits in between. */
    private IoLimit notRunning(ContainerKey key, Disk disk) {
        return roster.pod(key.podUid()).stream()
                .flatMap(pod -> pod.containers().stream()
                        .filter(each -> each.name().equals(key.name()))
                        .map(each -> new LimitPolicy.Subject(pod, Optional.of(each), DiskUse.guarded(disk))))
                .findFirst()
                .map(subject -> policies.decide(subject).limit())
                .orElse(IoLimit.UNLIMITED);
    }

    private IoLimit statics(Watched watched, Disk disk) {
        var use = watched.uses().stream()
                .filter(each -> each.disk().equals(disk))
                .findFirst()
                .orElseGet(() -> DiskUse.guarded(disk));
        var subject = new LimitPolicy.Subject(watched.pod(), Optional.of(watched.container()), use);
        return policies.decide(subject).limit();
    }

    @Override
    public DiskCapacity capacity(Disk disk) {
        return capacities.apply(disk.id());
    }
}
