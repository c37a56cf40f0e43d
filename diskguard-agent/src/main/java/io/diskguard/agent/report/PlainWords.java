/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.report;

import io.diskguard.model.IoLimit;
import io.diskguard.model.LimitKey;
import io.diskguard.policy.Decision;
import io.diskguard.reconcile.Explanation;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/** Why a container is limited on a disk, or why not, in a sentence that stands for itself. */
final class PlainWords {
    private static final String NONE = "none";
    private static final String EXCLUDED = "excluded by ";

    private PlainWords() {}

    static String of(Explanation.Row row, String container) {
        return row.target().pod().fullName() + ", container " + container + " on "
                + row.use().disk() + ": " + why(row.decision()) + kernel(row);
    }

    private static String why(Decision decision) {
        var limited = new ArrayList<String>();
        var lifted = new ArrayList<String>();
        var origins = new LinkedHashSet<String>();
        for (var key : LimitKey.values()) {
            var rate = decision.limit().get(key);
            var origin = decision.origin(key);
            origins.add(origin);
            if (!rate.isUnlimited()) {
                limited.add(SmartWords.amount(IoLimit.UNLIMITED.with(key, rate)) + " by " + origin);
            } else if (!origin.equals(NONE)) {
                lifted.add(kind(key) + " by " + origin);
            }
        }
        if (!limited.isEmpty()) {
            return "limited to " + String.join(", ", limited)
                    + (lifted.isEmpty() ? "" : "; explicitly not limited: " + String.join(", ", lifted));
        }
        var first = List.copyOf(origins).get(0);
        if (origins.size() == 1 && first.startsWith(EXCLUDED)) {
            return "not limited: " + first;
        }
        return lifted.isEmpty()
                ? "not limited: no annotation says so, and no default or ceiling is configured"
                : "not limited, as is explicitly said: " + String.join(", ", lifted);
    }

    private static String kernel(Explanation.Row row) {
        if (row.kernel().isEmpty()) {
            return "; what the kernel has cannot be read";
        }
        var has = row.kernel().get();
        if (has.equals(row.decision().limit())) {
            return has.isUnlimited() ? "" : "; the kernel has the same";
        }
        return "; the kernel has " + (has.isUnlimited() ? "no limit" : "a limit of " + SmartWords.amount(has))
                + (row.ours().isPresent() || has.isUnlimited()
                        ? " until the agent's next look"
                        : ", which DiskGuard did not set");
    }

    private static String kind(LimitKey key) {
        var direction = key.isRead() ? "read" : "write";
        return key.isOperations() ? direction + " operations" : "bytes " + (key.isRead() ? "read" : "written");
    }
}
