/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.reload.faults;

import io.diskguard.model.LimitKey;
import io.diskguard.model.Rate;
import io.diskguard.spi.LimitPolicy;
import java.util.List;
import java.util.Map;

/** An embedder's policy: batch pods write at most 100 times a second. */
record Tight() implements LimitPolicy {
    @Override
    public Phase phase() {
        return Phase.TIGHTEN;
    }

    @Override
    public int order() {
        return 500;
    }

    @Override
    public String name() {
        return "tight";
    }

    @Override
    public Proposal propose(Subject subject) {
        return "batch".equals(subject.pod().labels().get("workload"))
                ? new Proposal(Map.of(LimitKey.WIOPS, new Proposed(Rate.perSecond(100), "batch")), List.of())
                : Proposal.ABSTAIN;
    }
}
