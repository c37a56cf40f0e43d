/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.e2e.scenarios.disks;

import io.diskguard.model.IoLimit;
import io.diskguard.model.LimitKey;
import io.diskguard.model.Rate;

/** Limits in few words. */
final class Limits {
    private Limits() {}

    static IoLimit limit(LimitKey key, long perSecond) {
        return IoLimit.UNLIMITED.with(key, Rate.perSecond(perSecond));
    }

    static IoLimit limit(LimitKey key, long perSecond, LimitKey other, long otherPerSecond) {
        return limit(key, perSecond).with(other, Rate.perSecond(otherPerSecond));
    }
}
