/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.cgroup;

import io.diskguard.testkit.CgroupFixture;
import io.diskguard.testkit.V1AnswersTck;
import org.junit.jupiter.api.extension.RegisterExtension;

/** On the kernel of this machine, where it has cgroup v1 and we are root; else skipped. */
class RealHostCgroupFsTest extends V1AnswersTck {
    @RegisterExtension
    static final RealKernel KERNEL = new RealKernel();

    @Override
    protected CgroupFixture openFixture() {
        return KERNEL.blkio().cgroups();
    }
}
