/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.testkit.example;

import io.diskguard.model.Quantity;
import io.diskguard.model.Rate;
import io.diskguard.spi.Environment;
import io.diskguard.spi.LimitPolicy;
import io.diskguard.spi.Provider;
import io.diskguard.spi.Support;
import java.util.OptionalLong;

/** Makes {@link BatchPolicy}, configured by the environment variable {@code BATCH_WRITE_IOPS} (default 100). */
public final class BatchPolicyFactory implements LimitPolicy.Factory {
    /** For the service loader. */
    public BatchPolicyFactory() {}

    @Override
    public String name() {
        return "batch";
    }

    @Override
    public int priority() {
        return Provider.CUSTOM;
    }

    @Override
    public Support probe(Environment environment) {
        return most(environment).orElse(0) > 0
                ? Support.supported()
                : Support.unsupported("BATCH_WRITE_IOPS is no number of operations a second");
    }

    @Override
    public LimitPolicy create(Environment environment) {
        return new BatchPolicy(Rate.perSecond(most(environment).orElseThrow()));
    }

    private static OptionalLong most(Environment environment) {
        return Quantity.parse(environment.variables().getOrDefault("BATCH_WRITE_IOPS", "100"));
    }
}
