/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.e2e.scenarios.kernel;

import io.diskguard.e2e.scenarios.machine.Cgroups;
import io.diskguard.e2e.scenarios.machine.Machine;
import io.diskguard.testkit.CgroupFixture;
import io.diskguard.testkit.V2AnswersTck;

/** Control files of the kernel: what every hierarchy promises, and how {@code io.max} answers. */
public final class HostCgroupFsOnThisKernelTest extends V2AnswersTck {
    public HostCgroupFsOnThisKernelTest() {}

    @Override
    protected CgroupFixture openFixture() {
        return Cgroups.open(Machine.here());
    }
}
