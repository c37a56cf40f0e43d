/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.cgroup.v2;

import io.diskguard.cgroup.CgroupLayout;
import io.diskguard.cgroup.internal.Hierarchies;
import io.diskguard.spi.Environment;
import io.diskguard.spi.IoStatsSource;
import io.diskguard.spi.Provider;
import io.diskguard.spi.Support;

/** Makes the statistics of cgroup v2, {@code cgroup-v2-io-stat}. */
public final class IoStatFactory implements IoStatsSource.Factory {

    /** For the service loader. */
    public IoStatFactory() {}

    @Override
    public String name() {
        return "cgroup-v2-io-stat";
    }

    @Override
    public int priority() {
        return Provider.BUILT_IN;
    }

    @Override
    public Support probe(Environment environment) {
        var layout = CgroupLayout.of(environment.paths());
        return layout instanceof CgroupLayout.V2 ? Support.supported() : Hierarchies.noV2(layout);
    }

    @Override
    public IoStatsSource create(Environment environment) {
        return new IoStat(Hierarchies.v2(environment));
    }
}
