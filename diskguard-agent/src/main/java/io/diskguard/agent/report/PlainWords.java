/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.report;

import io.diskguard.model.IoLimit;
import io.diskguard.model.LimitKey;
import io.diskguard.policy.Decision;
import io.diskguard.reconcile.Explanation;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/** Why a container is limited on a disk, or why not, in a sentence that stands for itself. */
final class PlainWords {
    static final String SOON = " until the agent's next look";

    private static final String NONE = "none";
    private static final String EXCLUDED = "excluded by ";

    private PlainWords() {}

    static String of(Explanation.Row row, String container) {
        return of(row, container, Optional.empty());
    }

    /** @param trouble why the kernel has something else than what is wanted, where that is known */
    static String of(Explanation.Row row, String container, Optional<String> trouble) {
        return row.target().pod().fullName() + ", container " + container + " on "
                + row.use().disk() + ": " + why(row.decision()) + kernel(row, trouble);
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

    private static String kernel(Explanation.Row row, Optional<String> trouble) {
        return difference(row, trouble)
                .map(words -> "; " + words)
                .orElseGet(() -> row.decision().limit().isUnlimited() ? "" : "; the kernel has the same");
    }

    /** What the kernel has where it is not what is wanted, and until when or whose that is. */
    static Optional<String> difference(Explanation.Row row, Optional<String> trouble) {
        if (row.kernel().isEmpty()) {
            return Optional.of("what the kernel has cannot be read");
        }
        var has = row.kernel().get();
        if (has.equals(row.decision().limit())) {
            return Optional.empty();
        }
        var why = row.ours().isPresent() || has.isUnlimited()
                ? trouble.map(it -> ": " + it).orElse(SOON)
                : ", which DiskGuard did not set and leaves alone";
        return Optional.of(
                "the kernel has " + (has.isUnlimited() ? "no limit" : "a limit of " + SmartWords.amount(has)) + why);
    }

    private static String kind(LimitKey key) {
        var direction = key.isRead() ? "read" : "write";
        return key.isOperations() ? direction + " operations" : "bytes " + (key.isRead() ? "read" : "written");
    }
}
