/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.testkit.example;

import io.diskguard.model.LimitKey;
import io.diskguard.model.Rate;
import io.diskguard.spi.LimitPolicy;
import java.util.List;
import java.util.Map;

/** Pods with the label {@code workload=batch} write at most so often a second, whatever their annotations say. */
final class BatchPolicy implements LimitPolicy {
    private final Rate most;

    BatchPolicy(Rate most) {
        this.most = most;
    }

    @Override
    public String name() {
        return "batch";
    }

    @Override
    public Phase phase() {
        return Phase.TIGHTEN;
    }

    @Override
    public int order() {
        return 500;
    }

    @Override
    public Proposal propose(Subject subject) {
        if (!"batch".equals(subject.pod().labels().get("workload"))) {
            return Proposal.ABSTAIN;
        }
        return new Proposal(Map.of(LimitKey.WIOPS, new Proposed(most, "label workload=batch")), List.of());
    }
}
