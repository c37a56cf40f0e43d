/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.smart;

import io.diskguard.model.LimitKey;
import io.diskguard.policy.smart.SmartLimit;
import java.util.Set;

/**
 * A limit in force.
 *
 * @param since when it was set or last changed, by the ticker
 * @param checked when it was last checked whether it may go, by the ticker
 * @param believed numbers that anybody may have written
 */
record Standing(SmartLimit limit, long since, long checked, Set<LimitKey> believed) {
    Standing checkedAt(long now) {
        return new Standing(limit, since, now, believed);
    }
}
