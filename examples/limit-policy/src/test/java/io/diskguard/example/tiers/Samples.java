/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.example.tiers;

import io.diskguard.spi.LimitPolicy;
import java.util.Map;

final class Samples {
    static final Map<String, String> VARIABLES = Map.of(
            "DISK_TIER_GOLD", "riops=max wiops=2k wbps=200Mi",
            "DISK_TIER_BEST_EFFORT", "wiops=100 wbps=10Mi",
            "HOME", "/nowhere");

    private Samples() {}

    static LimitPolicy policy() {
        return new TierPolicy(tiers());
    }

    static Tiers tiers() {
        if (Tiers.read(VARIABLES) instanceof Tiers.Reading.Right right) {
            return right.tiers();
        }
        throw new AssertionError(Tiers.read(VARIABLES));
    }
}
