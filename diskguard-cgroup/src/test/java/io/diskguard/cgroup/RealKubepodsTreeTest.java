/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.cgroup;

import io.diskguard.testkit.PodCgroupsFixture;
import io.diskguard.testkit.PodCgroupsTck;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** In the cgroups of this machine, where it has cgroup v1 and we are root; else skipped. */
class RealKubepodsTreeTest extends PodCgroupsTck {
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
    protected PodCgroupsFixture openFixture() {
        return new TreeFixture(kernel.cgroups(), false, true);
    }
}
