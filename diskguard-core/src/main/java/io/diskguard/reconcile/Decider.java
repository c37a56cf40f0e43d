/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.reconcile;

import io.diskguard.model.Container;
import io.diskguard.model.ContainerKey;
import io.diskguard.model.DeviceId;
import io.diskguard.model.DiskUse;
import io.diskguard.model.Pod;
import io.diskguard.policy.Decision;
import io.diskguard.policy.PolicyChain;
import io.diskguard.policy.smart.SmartLimit;
import io.diskguard.policy.smart.SmartLimits;
import io.diskguard.spi.LimitPolicy;
import java.util.Optional;

/**
 * Decides by the policies and by what the load decided. Pure.
 *
 * @param smart the limits by load that are in force
 * @param byLoad whether there may be any: else what a mark tells of one holds no more
 */
public record Decider(PolicyChain policies, SmartLimits smart, boolean byLoad) {
    /** One without limits by load. */
    public static Decider of(PolicyChain policies) {
        return new Decider(policies, SmartLimits.NONE, false);
    }

    Decision decide(Pod pod, Optional<Container> container, DiskUse use) {
        return decide(pod, container, use, Optional.empty());
    }

    /** @param marked what a mark says that the load decided: holds where this process knows nothing of it */
    Decision decide(Pod pod, Optional<Container> container, DiskUse use, Optional<SmartLimit> marked) {
        var known = smart.isEmpty()
                ? Optional.<SmartLimit>empty()
                : smart(pod, container, use.disk().id());
        return policies.decide(
                new LimitPolicy.Subject(pod, container, use), known.isEmpty() && byLoad ? marked : known);
    }

    private Optional<SmartLimit> smart(Pod pod, Optional<Container> container, DeviceId disk) {
        return container.flatMap(it -> smart.of(new ContainerKey(pod.uid(), it.name()), disk));
    }
}
