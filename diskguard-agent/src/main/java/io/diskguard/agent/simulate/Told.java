/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.simulate;

import io.diskguard.model.IoLimit;
import io.diskguard.model.LimitKey;
import io.diskguard.policy.smart.SmartDecision;
import io.diskguard.policy.smart.SmartLimit;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * A decision, and what it means besides the limits that hold anyway. Immutable.
 *
 * @param container {@code namespace/pod/container}
 * @param statics what holds without any smart limit
 */
record Told(String container, SmartDecision decision, IoLimit statics) {
    /** What holds until then. */
    IoLimit before() {
        return with(decision.before());
    }

    /** What holds from then on. */
    IoLimit after() {
        return with(decision.after());
    }

    private IoLimit with(Optional<SmartLimit> smart) {
        return smart.map(limit -> statics.strictest(limit.rates())).orElse(statics);
    }

    /** The numbers that it changes. */
    Set<LimitKey> changed() {
        var changed = EnumSet.noneOf(LimitKey.class);
        for (var key : LimitKey.values()) {
            if (!before().get(key).equals(after().get(key))) {
                changed.add(key);
            }
        }
        return changed;
    }

    /** The window that it is about; empty if it says none. */
    String window() {
        return decision.after().or(decision::before).map(SmartLimit::window).orElse("");
    }
}
