/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.report;

import io.diskguard.model.LimitKey;
import io.diskguard.model.Rate;
import io.diskguard.reconcile.Explanation;

/** How one number in the kernel compares to what it should be, in a word. */
enum NumberState {
    /** The kernel has it. */
    HELD("held"),
    /** Nothing is to be limited, and nothing is. */
    UNLIMITED("unlimited"),
    /** An agent that runs is about to write it. */
    PENDING("pending"),
    /** Somebody else's limit is on the disk, and is left alone. */
    FOREIGN("foreign"),
    /** The kernel's limit cannot be read. */
    UNKNOWN("unknown");

    private final String word;

    NumberState(String word) {
        this.word = word;
    }

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
        return word;
    }
}
