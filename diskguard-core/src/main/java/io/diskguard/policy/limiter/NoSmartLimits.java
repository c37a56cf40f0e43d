/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.policy.limiter;

import io.diskguard.config.DiskCapacity;
import io.diskguard.config.GuardConfig;
import io.diskguard.model.ContainerKey;
import io.diskguard.model.DeviceId;
import io.diskguard.model.Disk;
import io.diskguard.model.IoLimit;
import io.diskguard.model.Pod;
import io.diskguard.policy.PolicyChain;
import io.diskguard.policy.smart.Recorded;
import io.diskguard.policy.smart.SmartLimit;
import io.diskguard.policy.smart.SmartLimits;
import io.diskguard.policy.smart.Watched;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/** Nothing is sampled, nothing limited by load. */
final class NoSmartLimits implements SmartLimiter {
    @Override
    public SmartLimits limits() {
        return SmartLimits.NONE;
    }

    @Override
    public List<Recorded> decisions() {
        return List.of();
    }

    @Override
    public void meet(
            Pod pod,
            List<Watched> watched,
            Map<String, Map<DeviceId, SmartLimit>> marks,
            Set<String> absent,
            Set<String> exempt,
            Collection<Disk> disks) {}

    @Override
    public void planned(
            Pod pod, Map<ContainerKey, Map<DeviceId, IoLimit>> kernel, BiPredicate<ContainerKey, DeviceId> taken) {}

    @Override
    public Set<String> turn(BooleanSupplier idle) {
        return Set.of();
    }

    @Override
    public Duration untilDue() {
        return Duration.ofDays(1);
    }

    @Override
    public void retain(Set<String> uids) {}

    @Override
    public void reconfigure(GuardConfig config, PolicyChain policies, Function<DeviceId, DiskCapacity> capacities) {}
}
