/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.report;

import io.diskguard.model.LimitKey;
import io.diskguard.model.Rate;
import io.diskguard.reconcile.Explanation;
import java.util.Locale;

/** How one number in the kernel compares to what it should be, in a word. */
enum NumberState {
    /** The kernel has it. */
    HELD,
    /** Nothing is to be limited, and nothing is. */
    UNLIMITED,
    /** An agent that runs is about to write it. */
    PENDING,
    /** Somebody else's limit is on the disk, and is left alone. */
    FOREIGN,
    /** The kernel's limit cannot be read. */
    UNKNOWN;

    static NumberState of(Explanation.Row row, LimitKey key) {
        if (row.kernel().isEmpty()) {
            return UNKNOWN;
        }
        var kernel = row.kernel().get();
        Rate wanted = row.decision().limit().get(key);
        if (kernel.get(key).equals(wanted)) {
            return wanted.isUnlimited() ? UNLIMITED : HELD;
        }
        return row.ours().isEmpty() && !kernel.isUnlimited() ? FOREIGN : PENDING;
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
