/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.top;

import io.diskguard.agent.view.LimitSource;
import io.diskguard.model.IoLimit;
import io.diskguard.model.LimitKey;
import io.diskguard.policy.Decision;
import java.util.Locale;
import java.util.Optional;

/** Where a number that the kernel has comes from. */
enum Source {
    /** There is no limit. */
    NONE,
    ANNOTATION,
    DEFAULT,
    SMART,
    CEILING,
    /** A policy of a plugin. */
    POLICY,
    /** DiskGuard's, which would set another number now: no agent runs, or it is about to. */
    FORMER,
    /** Somebody else's. */
    FOREIGN;

    /** @param ours what is marked as DiskGuard's */
    static Source of(LimitKey key, IoLimit kernel, Optional<IoLimit> ours, Decision decision) {
        var rate = kernel.get(key);
        if (rate.isUnlimited()) {
            return NONE;
        }
        if (ours.filter(limit -> limit.get(key).equals(rate)).isEmpty()) {
            return FOREIGN;
        }
        return decision.limit().get(key).equals(rate)
                ? valueOf(LimitSource.of(decision.origin(key)).name())
                : FORMER;
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
