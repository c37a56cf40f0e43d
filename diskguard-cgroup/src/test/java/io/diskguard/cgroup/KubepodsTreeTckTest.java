/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.cgroup;

import io.diskguard.testkit.PodCgroupsFixture;
import io.diskguard.testkit.PodCgroupsTck;
import io.diskguard.testkit.SimulatedCgroups;
import org.junit.jupiter.api.Nested;

class KubepodsTreeTckTest {
    @Nested
    class OfTheCgroupfsDriver extends PodCgroupsTck {
        @Override
        protected PodCgroupsFixture openFixture() {
            return new TreeFixture(SimulatedCgroups.v1(), false, true);
        }
    }

    @Nested
    class OfTheSystemdDriver extends PodCgroupsTck {
        @Override
        protected PodCgroupsFixture openFixture() {
            return new TreeFixture(SimulatedCgroups.v2(), true, true);
        }
    }

    @Nested
    class WithoutAWatch extends PodCgroupsTck {
        @Override
        protected PodCgroupsFixture openFixture() {
            return new TreeFixture(SimulatedCgroups.v2(), true, false);
        }
    }
}
