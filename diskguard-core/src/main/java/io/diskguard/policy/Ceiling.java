/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.policy;

import io.diskguard.model.IoLimit;
import io.diskguard.model.LimitKey;
import io.diskguard.spi.LimitPolicy.Proposed;

/** What no annotation and no plugin can lift: it comes last and only tightens, {@code "0"} and {@code removed} included. */
record Ceiling(IoLimit ceiling) {
    void bind(Draft draft) {
        for (var key : LimitKey.values()) {
            var origin = key.isOperations() ? "ceiling max_iops_limit" : "ceiling max_bps_limit";
            draft.tighten(key, new Proposed(ceiling.get(key), origin));
        }
    }
}
