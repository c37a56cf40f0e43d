/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.top;

import io.diskguard.model.Disk;
import io.diskguard.model.IoCounters;
import io.diskguard.model.IoLimit;
import io.diskguard.model.IoRates;
import io.diskguard.model.LimitKey;
import io.diskguard.model.Rate;
import io.diskguard.policy.Decision;
import io.diskguard.policy.smart.SmartLimit;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One container on one disk. Immutable.
 *
 * @param cgroup its path in the hierarchy of limits
 * @param kernel what the kernel has; empty where that cannot be read
 * @param ours what is marked as DiskGuard's
 * @param decision what it is to have, and why
 * @param rates since the reading before; empty at the first, and where nobody counts
 * @param at when this was read
 */
record Row(
        String namespace,
        String pod,
        String podUid,
        String container,
        String cgroup,
        Disk disk,
        Optional<IoLimit> kernel,
        Optional<IoLimit> ours,
        Decision decision,
        Optional<IoRates> rates,
        Optional<IoCounters> counters,
        Instant at) {
    /** Rates are averages over an interval, in which the kernel lets a little less or more pass. */
    private static final double AT_LIMIT = 0.9;

    String podName() {
        return namespace + "/" + pod;
    }

    boolean isLimited() {
        return kernel.filter(limit -> !limit.isUnlimited()).isPresent();
    }

    OptionalDouble rate(LimitKey key) {
        return rates.map(rate -> OptionalDouble.of(rate.get(key))).orElseGet(OptionalDouble::empty);
    }

    /** The rate's share of the limit, 1 for all of it; empty without one of the two. */
    OptionalDouble use(LimitKey key) {
        return rates.isPresent() && kernel.isPresent() && kernel.get().get(key) instanceof Rate.PerSecond limit
                ? OptionalDouble.of(rates.get().get(key) / limit.value())
                : OptionalDouble.empty();
    }

    /** The greatest of the four shares. */
    OptionalDouble use() {
        return Arrays.stream(LimitKey.values())
                .map(this::use)
                .flatMapToDouble(OptionalDouble::stream)
                .max();
    }

    /** The numbers of which the container does as much as it may. */
    List<LimitKey> atLimit() {
        return Arrays.stream(LimitKey.values())
                .filter(key -> use(key).orElse(0) >= AT_LIMIT)
                .toList();
    }

    /** Empty where it is not known what the kernel has. */
    Optional<Source> source(LimitKey key) {
        return kernel.map(limit -> Source.of(key, limit, ours, decision));
    }

    /** The limit by load that the kernel has, or that a stricter one hides. */
    Optional<SmartLimit> smart() {
        return isLimited() ? decision.smart() : Optional.empty();
    }
}
