/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.example.tiers;

import io.diskguard.spi.Environment;
import io.diskguard.spi.LimitPolicy;
import io.diskguard.spi.Provider;
import io.diskguard.spi.Support;

/** Makes the policy of the tiers that environment variables describe, see {@link Tiers#read}. */
public final class TierPolicyFactory implements LimitPolicy.Factory {
    /** For the service loader. */
    public TierPolicyFactory() {}

    @Override
    public String name() {
        return "disk-tiers";
    }

    @Override
    public int priority() {
        return Provider.CUSTOM;
    }

    @Override
    public Support probe(Environment environment) {
        return Tiers.read(environment.variables()) instanceof Tiers.Reading.Wrong wrong
                ? Support.unsupported(wrong.reason())
                : Support.supported();
    }

    @Override
    public LimitPolicy create(Environment environment) {
        if (Tiers.read(environment.variables()) instanceof Tiers.Reading.Right right) {
            return new TierPolicy(right.tiers());
        }
        throw new IllegalStateException("there are no tiers; probe first");
    }
}
