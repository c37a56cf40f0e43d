/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.cgroup;

import io.diskguard.testkit.PodCgroupsFixture;
import io.diskguard.testkit.PodCgroupsTck;
import org.junit.jupiter.api.extension.RegisterExtension;

/** In the cgroups of this machine, where it has cgroup v1 and we are root; else skipped. */
class RealKubepodsTreeTest extends PodCgroupsTck {
    @RegisterExtension
    static final RealKernel KERNEL = new RealKernel();

    @Override
    protected PodCgroupsFixture openFixture() {
        return new TreeFixture(KERNEL.blkio().cgroups(), false, true);
    }
}
