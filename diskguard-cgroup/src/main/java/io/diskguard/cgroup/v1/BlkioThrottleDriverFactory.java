/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.cgroup.v1;

import io.diskguard.cgroup.CgroupLayout;
import io.diskguard.cgroup.internal.Hierarchies;
import io.diskguard.model.LimitKey;
import io.diskguard.spi.CgroupDriver;
import io.diskguard.spi.Environment;
import io.diskguard.spi.Provider;
import io.diskguard.spi.Support;
import java.nio.file.Files;

/** Makes the driver for cgroup v1, {@code cgroup-v1-blkio}. */
public final class BlkioThrottleDriverFactory implements CgroupDriver.Factory {

    /** For the service loader. */
    public BlkioThrottleDriverFactory() {}

    @Override
    public String name() {
        return "cgroup-v1-blkio";
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
        if (v1.readOnly()) {
            return Hierarchies.readOnly(v1.mount());
        }
        for (var key : LimitKey.values()) {
            var file = v1.mount().resolve(BlkioThrottleDriver.file(key));
            if (!Files.exists(file)) {
                return Support.unsupported(file + " is missing: kernel without CONFIG_BLK_DEV_THROTTLING");
            }
            if (!Files.isWritable(file)) {
                return Support.unsupported(file + " is not writable: run as root, with the host's cgroup mounted");
            }
        }
        return Support.supported();
    }

    @Override
    public CgroupDriver create(Environment environment) {
        return new BlkioThrottleDriver(Hierarchies.v1(environment));
    }
}
