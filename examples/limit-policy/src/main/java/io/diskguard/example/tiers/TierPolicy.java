/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.example.tiers;

import io.diskguard.model.LimitKey;
import io.diskguard.model.Pod;
import io.diskguard.spi.LimitPolicy;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Gives a container the limits of its pod's tier: that which its label names, else that of its QoS class. What annotations
 * say goes before it, what is configured for everybody comes after it.
 */
final class TierPolicy implements LimitPolicy {
    /** Between annotations (100) and defaults (1000). */
    private static final int ORDER = 500;

    private final Tiers tiers;

    TierPolicy(Tiers tiers) {
        this.tiers = tiers;
    }

    @Override
    public Phase phase() {
        return Phase.BASE;
    }

    @Override
    public int order() {
        return ORDER;
    }

    @Override
    public String name() {
        return "disk-tiers";
    }

    @Override
    public Proposal propose(Subject subject) {
        if (!subject.use().guarded()) {
            return Proposal.ABSTAIN; // A disk that only a rule of the pod names: that rule's alone
        }
        var label = Optional.ofNullable(subject.pod().labels().get(tiers.label()));
        var labelled = label.map(tiers.byName()::get);
        if (labelled.isPresent()) {
            return proposal(labelled.get(), "label " + tiers.label(), List.of());
        }
        var problems = label
                .map(value ->
                        new Problem(tiers.label(), value, "a tier of this node: " + String.join(", ", tiers.names())))
                .stream()
                .toList();
        return Optional.ofNullable(tiers.byName().get(ofQosClass(subject.pod())))
                .map(tier -> proposal(tier, "QoS class", problems))
                .orElseGet(() -> new Proposal(Map.of(), problems));
    }

    private static String ofQosClass(Pod pod) {
        return Tiers.spelled(pod.qosClass().name());
    }

    private static Proposal proposal(Tier tier, String by, List<Problem> problems) {
        var numbers = new EnumMap<LimitKey, Proposed>(LimitKey.class);
        tier.numbers()
                .forEach((key, rate) -> numbers.put(key, new Proposed(rate, "tier " + tier.name() + " by " + by)));
        return new Proposal(numbers, problems);
    }
}
