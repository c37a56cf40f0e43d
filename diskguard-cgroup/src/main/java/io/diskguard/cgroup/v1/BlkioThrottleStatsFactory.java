/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.cgroup.v1;

import io.diskguard.cgroup.CgroupLayout;
import io.diskguard.cgroup.internal.Hierarchies;
import io.diskguard.cgroup.signal.HostSignals;
import io.diskguard.spi.Environment;
import io.diskguard.spi.IoStatsSource;
import io.diskguard.spi.Provider;
import io.diskguard.spi.Support;
import java.nio.file.Files;

/** Makes the statistics of cgroup v1, {@code cgroup-v1-blkio-stats}. */
public final class BlkioThrottleStatsFactory implements IoStatsSource.Factory {

    /** For the service loader. */
    public BlkioThrottleStatsFactory() {}

    @Override
    public String name() {
        return "cgroup-v1-blkio-stats";
    }

    @Override
    public int priority() {
        return Provider.BUILT_IN;
    }

    @Override
    public Support probe(Environment environment) {
        var layout = CgroupLayout.of(environment.paths());
        if (!(layout instanceof CgroupLayout.V1 v1)) {
            return Hierarchies.noV1(layout);
        }
        var file = v1.mount().resolve("blkio.throttle.io_serviced");
        return Files.isReadable(file)
                ? Support.supported()
                : Support.unsupported(file + " is missing or not readable: kernel without CONFIG_BLK_DEV_THROTTLING?");
    }

    @Override
    public IoStatsSource create(Environment environment) {
        return new BlkioThrottleStats(Hierarchies.v1(environment), HostSignals.v1(environment.paths()));
    }
}
