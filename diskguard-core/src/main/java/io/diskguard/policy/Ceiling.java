/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.policy;

import io.diskguard.model.DiskUse;
import io.diskguard.model.IoLimit;
import io.diskguard.model.LimitKey;

/**
 * What no annotation and no plugin can lift: it comes last and only tightens, {@code "0"} and {@code removed} included. It
 * binds on the configured disks, and on any other that a rule or a plugin limits.
 */
record Ceiling(IoLimit ceiling) {
    private static final LimitKey[] KEYS = LimitKey.values();

    void bind(DiskUse use, Draft draft) {
        if (use.guarded() || draft.isSaid()) {
            bind(draft);
        }
    }

    void bind(Draft draft) {
        if (ceiling.isUnlimited()) {
            return;
        }
        for (var key : KEYS) {
            draft.tighten(
                    key, ceiling.get(key), key.isOperations() ? "ceiling max_iops_limit" : "ceiling max_bps_limit");
        }
    }
}
