/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.cgroup;

import io.diskguard.cgroup.v1.BlkioThrottleDriver;
import io.diskguard.testkit.CgroupDriverFixture;
import io.diskguard.testkit.CgroupDriverTck;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** On the kernel of this machine, where it has cgroup v1 and we are root; else skipped. */
class RealBlkioThrottleDriverTest extends CgroupDriverTck {
    @TempDir
    static Path directory;

    private static RealBlkio kernel;

    @BeforeAll
    static void attachDisks() {
        kernel = RealBlkio.open(directory);
    }

    @AfterAll
    static void detachDisks() {
        if (kernel != null) {
            kernel.close();
        }
    }

    @Override
    protected CgroupDriverFixture openFixture() {
        var cgroups = kernel.cgroups();
        return new CgroupDriverFixture(new BlkioThrottleDriver(cgroups.fs()), cgroups);
    }
}
