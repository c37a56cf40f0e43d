/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.testkit;

class SimulatedV1Test extends V1AnswersTck {
    @Override
    protected CgroupFixture openFixture() {
        return SimulatedCgroups.v1();
    }
}
