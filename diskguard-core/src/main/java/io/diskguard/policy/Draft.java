/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.policy;

import io.diskguard.model.IoLimit;
import io.diskguard.model.LimitKey;
import io.diskguard.model.Rate;
import io.diskguard.spi.LimitPolicy.Problem;
import io.diskguard.spi.LimitPolicy.Proposed;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A decision in the making. Used by one thread. */
final class Draft {
    private static final String NONE = "none";

    private final Map<LimitKey, String> origins = new EnumMap<>(LimitKey.class);
    private final Set<Problem> problems = new LinkedHashSet<>();
    private IoLimit limit = IoLimit.UNLIMITED;

    /** Takes the number if nothing said one yet. */
    void base(LimitKey key, Proposed proposed) {
        if (!origins.containsKey(key)) {
            limit = limit.with(key, proposed.rate());
            origins.put(key, proposed.origin());
        }
    }

    /** Takes the number if it is stricter than the one that holds. */
    void tighten(LimitKey key, Proposed proposed) {
        var tightened = limit.with(key, limit.get(key).strictest(proposed.rate()));
        if (!tightened.equals(limit)) {
            limit = tightened;
            origins.put(key, proposed.origin());
        }
    }

    /** A number that the kernel would not take, or that would stall a container, is raised. */
    void raiseToFloor() {
        for (var key : LimitKey.values()) {
            if (limit.get(key) instanceof Rate.PerSecond rate && rate.value() < key.floor()) {
                limit = limit.with(key, Rate.perSecond(key.floor()));
                problems.add(new Problem(
                        origins.getOrDefault(key, NONE),
                        key.key() + "=" + rate,
                        "at least " + key.floor() + "; " + key.floor() + " is used"));
            }
        }
    }

    void problems(List<Problem> more) {
        problems.addAll(more);
    }

    Decision decision() {
        for (var key : LimitKey.values()) {
            origins.putIfAbsent(key, NONE);
        }
        return new Decision(limit, origins, List.copyOf(problems));
    }
}
