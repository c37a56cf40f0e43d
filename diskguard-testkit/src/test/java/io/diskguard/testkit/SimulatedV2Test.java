/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.testkit;

class SimulatedV2Test extends V2AnswersTck {
    @Override
    protected CgroupFixture openFixture() {
        return SimulatedCgroups.v2();
    }
}
