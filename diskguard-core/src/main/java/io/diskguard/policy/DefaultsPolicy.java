/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.policy;

import io.diskguard.model.IoLimit;
import io.diskguard.model.LimitKey;
import io.diskguard.spi.LimitPolicy;
import java.util.EnumMap;
import java.util.List;

/** The configured defaults; it abstains from a number without one. */
final class DefaultsPolicy implements LimitPolicy {
    static final int ORDER = 1000;

    private final Proposal proposal;

    DefaultsPolicy(IoLimit defaults) {
        var numbers = new EnumMap<LimitKey, Proposed>(LimitKey.class);
        for (var key : LimitKey.values()) {
            if (!defaults.get(key).isUnlimited()) {
                numbers.put(key, new Proposed(defaults.get(key), "default " + configurationKey(key)));
            }
        }
        proposal = new Proposal(numbers, List.of());
    }

    private static String configurationKey(LimitKey key) {
        return "container_" + (key.isRead() ? "read_" : "write_") + (key.isOperations() ? "iops" : "bps") + "_limit";
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
        return "defaults";
    }

    @Override
    public Proposal propose(Subject subject) {
        return subject.use().guarded() ? proposal : Proposal.ABSTAIN;
    }
}
